using LangSmithPg.Sandbox.Tarpits;
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

        // More of them than there are cores. A process of its own, whose end is the end of the reckoning.
        var result = await Pwsh.RunAsync(
            $$"""
            Import-Module '{{BuildPaths.ModuleManifest}}'
            $password = '{{LiveServer.Password}}'
            $good = New-LangSmithPgConnectionString {{server.Arguments("owner", "ready")}}
            $reports = 1..8 | ForEach-Object { 'u:p@127.0.0.1:{{hostile.Port}}/d?sslmode=disable'; $good } | Test-LangSmithPgReadiness -TimeoutSeconds 5 -ThrottleLimit 16
            $reports | Group-Object { $_.Findings[0].Message -replace '\S+:\d+ ' -replace 'in within.*', 'in' } | Sort-Object Name | ForEach-Object { "$($_.Count) $($_.Name)" }
            $reports.Where({ $_.Elapsed.TotalSeconds -gt 8 }).Count
            """,
            _folder.Path);

        Assert.Equal("", result.Errors);
        Assert.Equal(["8 did not answer within 5 s.", "8 User owner logged in", "0"], result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }
}
