using LangSmithPg.Errors;
using LangSmithPg.Preflight;

namespace LangSmithPg.Cmdlets.Preflight;

/// <summary>The module as a preflight job carries it.</summary>
static class ModulePacking
{
    /// <summary>The version of the module.</summary>
    public static string Version => typeof(ModulePacking).Assembly.GetName().Version!.ToString(3);

    // Ends the cmdlet when the module's own files cannot be read.
    public static byte[] PackModule(this LangSmithCmdlet cmdlet, bool withTokens)
    {
        var folder = Path.GetDirectoryName(typeof(ModulePacking).Assembly.Location)!;
        try
        {
            return ModuleArchive.Pack(folder, withTokens);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.ModuleNotPacked(exception, folder));
            throw;
        }
    }
}
