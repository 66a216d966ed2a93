using System.Runtime.CompilerServices;
using LangSmithPg.Sandbox.Postgres;

namespace LangSmithPg.Sandbox.Tests.Folders;

/// <summary>Makes this program, where a variable asks for it, no test run but a process that owns a server.</summary>
static class Owner
{
    /// <summary>The file to write the server's port and data folder to.</summary>
    public const string ReportVariable = "SANDBOX_TESTS_REPORT";

    /// <summary>Whether to <c>exit</c> then or to <c>wait</c>.</summary>
    public const string EndVariable = "SANDBOX_TESTS_END";

    [ModuleInitializer]
    internal static void Run()
    {
        if (Environment.GetEnvironmentVariable(ReportVariable) is not { Length: > 0 } report)
            return;
        var server = PostgresServer.StartAsync(new() { IgnoreInstalled = true }).GetAwaiter().GetResult();
        File.WriteAllLines(report + ".tmp", [$"{server.Port}", server.DataFolder]);
        File.Move(report + ".tmp", report);
        if (Environment.GetEnvironmentVariable(EndVariable) == "exit")
            Environment.Exit(0);
        Thread.Sleep(Timeout.Infinite);
    }
}
