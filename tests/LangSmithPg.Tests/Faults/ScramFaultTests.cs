using LangSmithPg.Sandbox.FaultInjection;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Faults;

/// <summary>The fault matrix, network: servers that give the login more to reckon than there is time for.</summary>
public sealed class ScramFaultTests(LiveServer server) : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Servers_that_ask_for_two_billion_rounds_hold_up_nobody_else()
    {
        await using var hostile = TarpitServer.AskingForRounds(int.MaxValue);

        // As many of them as the pool has threads. A process of its own, whose end is the end of the reckoning.
        var result = await Pwsh.RunAsync(
            $$"""
            Import-Module '{{BuildPaths.ModuleManifest}}'
            $password = '{{LiveServer.Password}}'
            $good = New-LangSmithPgConnectionString {{server.Arguments("owner", "ready")}}
            # What has never run yet is compiled first, which is not to count.
            $null = $good | Test-LangSmithPgReadiness
            $reports = 1..2 | ForEach-Object { 'u:p@127.0.0.1:{{hostile.Port}}/d?sslmode=disable'; $good } | Test-LangSmithPgReadiness -TimeoutSeconds 10 -ThrottleLimit 4
            $reports | Group-Object { $_.Findings[0].Message -replace '\S+:\d+ ' -replace 'in within.*', 'in' } | Sort-Object Name | ForEach-Object { "$($_.Count) $($_.Name)" }
            """,
            _folder.Path, new Dictionary<string, string> { ["DOTNET_ThreadPool_ForceMaxWorkerThreads"] = "2" });

        Assert.Equal("", result.Errors);
        Assert.Equal(["2 did not answer within 10 s: the login did not complete.", "2 User owner logged in"], result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }
}
