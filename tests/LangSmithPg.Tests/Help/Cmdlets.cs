using System.Management.Automation;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Help;

/// <summary>The cmdlets of the built module, as PowerShell knows them.</summary>
static class Cmdlets
{
    static readonly Lazy<Dictionary<string, CmdletInfo>> s_all = new(Load);

    public static IReadOnlyDictionary<string, CmdletInfo> All => s_all.Value;

    /// <summary>Parameters of its own, without those that every cmdlet has.</summary>
    public static IEnumerable<ParameterMetadata> OwnParameters(this CmdletInfo cmdlet) =>
        cmdlet.Parameters.Values.Where(one => !Cmdlet.CommonParameters.Contains(one.Name)).OrderBy(one => one.Name, StringComparer.OrdinalIgnoreCase);

    static Dictionary<string, CmdletInfo> Load()
    {
        using var session = new ModuleSession();
        return session.Run("Get-Command -Module LangSmithPg").Output.Select(one => (CmdletInfo)one.BaseObject).ToDictionary(one => one.Name, StringComparer.OrdinalIgnoreCase);
    }
}
