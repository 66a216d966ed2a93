using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace LangSmithPg.Benchmarks;

/// <summary>A PowerShell session that has the module imported, as an admin's has after the first command.</summary>
sealed class WarmSession : IDisposable
{
    readonly Runspace _runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());

    public WarmSession()
    {
        _runspace.Open();
        Run($"Import-Module '{ModuleManifest}'");
    }

    public static string ModuleManifest { get; } = Build.Get("ModuleManifest");

    public void SetConnections(Endpoint server, IEnumerable<string> databases) => Set(
        "connections",
        databases.Select(database => $"{ReadyServer.Role}:{ReadyServer.Password}@{server.Host}:{server.Port}/{database}").ToArray());

    public void Set(string variable, object value) => _runspace.SessionStateProxy.SetVariable(variable, value);

    public void Run(string script)
    {
        using var shell = PowerShell.Create(_runspace).AddScript(script);
        shell.Invoke();
        if (shell.HadErrors)
        {
            throw new InvalidOperationException(shell.Streams.Error[0].ToString());
        }
    }

    public void Dispose() => _runspace.Dispose();
}
