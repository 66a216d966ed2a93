using System.Diagnostics;
using System.Management.Automation;
using LangSmithPg.Sandbox.FaultInjection;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Readiness;

/// <summary>Many databases at a time.</summary>
public sealed class FleetTests : IDisposable
{
    readonly ModuleSession _session = new();

    public FleetTests(LiveServer server)
    {
        _session.Set("password", LiveServer.Password);
        _session.Run($"""
            $ready = New-LangSmithPgConnectionString {server.Arguments("owner", "ready")}
            $bare = New-LangSmithPgConnectionString {server.Arguments("guest", "bare")}
            $nobody = ConvertFrom-LangSmithPgConnectionString 'u:p@127.0.0.1:1/d'
            """).ThrowIfFailed();
    }

    public void Dispose() => _session.Dispose();

    [Fact]
    public async Task One_dead_host_does_not_keep_the_others_waiting()
    {
        await using var silent = TarpitServer.Silent();
        var result = _session.Run($$"""
            $count = 0
            foreach ($once in 1) {
                'u:p@127.0.0.1:{{silent.Port}}/d', $bare, $ready | Test-LangSmithPgReadiness -TimeoutSeconds 600 | ForEach-Object { ($_.Target -split '/')[1]; $count++; if ($count -eq 2) { break } }
            }
            """);
        Assert.Equal(["bare", "ready"], result.Output.Select(one => (string)one.BaseObject).Order());
    }

    [Fact]
    public async Task Ordered_keeps_the_order_of_the_input()
    {
        await using var silent = TarpitServer.Silent();
        var result = _session.Run($"'u:p@127.0.0.1:{silent.Port}/d', $bare, $ready | Test-LangSmithPgReadiness -TimeoutSeconds 1 -Ordered");
        result.ThrowIfFailed();
        Assert.Equal([$"{silent.Port}/d", "bare", "ready"], result.Output.Select(report => Tail((string)report.Properties["Target"].Value)));

        static string Tail(string target) => target.EndsWith("/d", StringComparison.Ordinal) ? target.Split(':')[1] : target.Split('/')[1];
    }

    [Fact]
    public async Task A_process_that_may_open_few_files_has_a_report_of_each()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Sandbox.Processes.ProgramPath.Find("prlimit") is not null, "prlimit is not here.");
        await using var silent = TarpitServer.Silent();
        using var folder = new TemporaryFolder();

        var run = await Pwsh.RunAsync(
            $$"""
            Import-Module '{{BuildPaths.ModuleManifest}}'
            $reports = @(@('u:p@127.0.0.1:{{silent.Port}}/d') * 120 | Test-LangSmithPgReadiness -TimeoutSeconds 1 -ThrottleLimit 512 -WarningVariable said -WarningAction SilentlyContinue)
            "$($reports.Count) $(@($reports | Where-Object IsReady).Count) $($Error.Count) $said"
            """,
            folder.Path, within: ["prlimit", "--nofile=256:256"]);

        Assert.True(
            run.Output.StartsWith("120 0 0 This process can open at most 256 files and sockets, which is enough for 22 databases at a time, not 512", StringComparison.Ordinal),
            run.Output + run.Errors);
    }

    [Fact]
    public async Task The_limit_holds()
    {
        // Three hosts that never answer, one at a time: each has its own second.
        await using var silent = TarpitServer.Silent();
        var clock = Stopwatch.StartNew();
        _session.Run($"@('u:p@127.0.0.1:{silent.Port}/d') * 3 | Test-LangSmithPgReadiness -TimeoutSeconds 0.7 -ThrottleLimit 1");
        Assert.True(clock.Elapsed > TimeSpan.FromSeconds(2));
        Assert.Equal(3, silent.Accepted);
    }

    [Fact]
    public void Progress_counts_and_completes()
    {
        using var shell = _session.Create("@($nobody) * 20 | Test-LangSmithPgReadiness");
        shell.Invoke();
        var last = shell.Streams.Progress[^1];
        Assert.Equal("20 of 20 tested, 20 not ready", last.StatusDescription);
        Assert.Equal(ProgressRecordType.Completed, last.RecordType);
    }

    [Fact]
    public void A_single_database_shows_no_progress()
    {
        using var shell = _session.Create("$nobody | Test-LangSmithPgReadiness");
        shell.Invoke();
        Assert.Empty(shell.Streams.Progress);
    }

    [Fact]
    public void MinimumStatus_leaves_out_findings_and_never_a_report()
    {
        var reports = _session.Run("$ready, $bare | Test-LangSmithPgReadiness -MinimumStatus Fail -Ordered").Output;
        Assert.Equal([true, false], reports.Select(report => (bool)report.Properties["IsReady"].Value));
        Assert.Equal([0, 1], reports.Select(report => Math.Sign(((IReadOnlyCollection<object>)report.Properties["Findings"].Value).Count)));
        Assert.Equal("Fail", _session.Run("($bare | Test-LangSmithPgReadiness -MinimumStatus Fail).Findings.Status | ForEach-Object ToString").Output.Select(one => (string)one.BaseObject).Distinct().Single());
    }

    [Fact]
    public void A_database_that_is_ready_is_so_in_a_report_file_without_its_findings()
    {
        var path = Path.Join(Path.GetTempPath(), $"langsmithpg-{Guid.NewGuid():N}.json");
        try
        {
            _session.Run($"$ready | Test-LangSmithPgReadiness -MinimumStatus Fail | Export-LangSmithPgReport -Path {path}").ThrowIfFailed();
            using var report = System.Text.Json.JsonDocument.Parse(File.ReadAllText(path));
            var database = report.RootElement.GetProperty("databases")[0];
            Assert.True(database.GetProperty("isReady").GetBoolean());
            Assert.Equal(0, database.GetProperty("findings").GetArrayLength());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_memory_of_8_bytes_is_refused()
    {
        var error = Assert.Single(_session.Run("$ready | Test-LangSmithPgReadiness -MinimumMemory 8").Errors);
        Assert.Contains("such as 8GB", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_SQL_cannot_tell_can_be_stated()
    {
        Assert.Equal(["Unknown", "Unknown"], Size(""));
        Assert.Equal(["Pass", "Pass"], Size("-VCpu 4 -MinimumMemory 16GB"));
        Assert.Equal(["Warning", "Warning"], Size("-VCpu 1 -MinimumMemory 4GB"));

        IEnumerable<string> Size(string arguments) =>
            _session.Run($"($ready | Test-LangSmithPgReadiness {arguments}).Findings.Where({{ $_.Id -in 'Server.VCpu', 'Server.Memory' }}).Status | ForEach-Object ToString")
                .Output.Select(one => (string)one.BaseObject);
    }

    [Fact]
    public async Task The_first_result_ends_a_pipeline_that_wants_one()
    {
        await using var silent = TarpitServer.Silent();
        var clock = Stopwatch.StartNew();
        // Without Select-Object, which this engine lacks: break out of a loop stops the pipeline all the same.
        var result = _session.Run($"foreach ($once in 1) {{ $ready, 'u:p@127.0.0.1:{silent.Port}/d' | Test-LangSmithPgReadiness -TimeoutSeconds 60 | ForEach-Object {{ $_.Target; break }} }}");
        Assert.EndsWith("/ready", (string)result.Single.BaseObject, StringComparison.Ordinal);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30));
    }
}
