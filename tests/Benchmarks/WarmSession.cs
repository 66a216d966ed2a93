using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using LangSmithPg.Sandbox.Postgres;

namespace LangSmithPg.Benchmarks;

/// <summary>A PowerShell session that has the module imported, as an admin's has after the first command.</summary>
sealed class WarmSession : IDisposable
{
    readonly Runspace _runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());

    public WarmSession()
    {
        _runspace.Open();
        Run($"Import-Module '{Get("ModuleManifest")}'");
    }

    public void SetConnections(PostgresServer server, IEnumerable<string> databases) => _runspace.SessionStateProxy.SetVariable(
        "connections",
        databases.Select(database => $"{server.SuperUserName}:{server.SuperUserPassword}@{server.Host}:{server.Port}/{database}").ToArray());

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

    static string Get(string key) =>
        typeof(WarmSession).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == key).Value!;
}
