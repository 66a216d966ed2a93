namespace LangSmithPg.Preflight;

/// <summary>The script by which the scripts of pods find this module. It lies beside them.</summary>
static class ModuleScript
{
    public const string FileName = "module.ps1";

    public static string Text { get; } = ScriptResource.Read(FileName);
}
