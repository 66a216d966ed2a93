using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Core.Tests.Faults;
using LangSmithPg.Core.Tests.Files;
using LangSmithPg.Findings;
using LangSmithPg.Postgres.Extensions;
using LangSmithPg.Postgres.Ownership;
using LangSmithPg.Postgres.Servers;
using LangSmithPg.Postgres.Tests.Ownership;
using LangSmithPg.Postgres.Tests.Rehearsals;
using LangSmithPg.Readiness;
using LangSmithPg.Sandbox.FaultInjection;
using LangSmithPg.Sandbox.Postgres;
using LangSmithPg.Servers;
using Npgsql;

namespace LangSmithPg.Postgres.Tests.Faults;

/// <summary>The fault matrix, server: it goes away in the middle, hands over to another, is full, or has no room.</summary>
public sealed class ServerFaultTests
{
    const string Owner = "ALTER DATABASE {database} OWNER TO {role}";

    // Another session has made it and not committed: whoever makes it too waits.
    const string Block = "BEGIN; CREATE EXTENSION btree_gin";

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(PostgresStopMode.Fast)]
    [InlineData(PostgresStopMode.Immediate)]
    public async Task A_restart_in_the_middle_of_a_rehearsal_an_installation_and_a_transfer(PostgresStopMode mode)
    {
        // An immediate stop would lose what was committed just before, which is nobody's fault here.
        await using var server = await Sandbox.Tests.Servers.StartAsync(new() { Settings = new Dictionary<string, string> { ["synchronous_commit"] = "on" } });
        var playground = await Playground.CreateAsync(server, Owner, "GRANT {other} TO {role}", "CREATE TABLE old (id int)", "ALTER TABLE old OWNER TO {other}");
        var before = await playground.SnapshotAsync();
        var plan = await Transfers.PlanAsync(playground.Connection(), playground.Request());
        await playground.DoAsync($"{Block}; LOCK TABLE old");
        var rehearsal = ObservationExtensions.RehearseAsync(playground.Connection());
        var installation = ExtensionInstall.RunAsync(playground.Connection(), new(), Cancellation);
        var transfer = OwnerTransfer.RunAsync(playground.Connection(), plan, Patience, new(), _ => { }, Cancellation);
        await WaitForLocksAsync(server, 3);

        await server.RestartAsync(mode, Cancellation);

        var report = Playground.Evaluate(await rehearsal);
        Assert.False(report.IsReady);
        Assert.Contains(report.Findings, finding => finding is { Id: "Rehearsal.Extension.btree_gin", Status: FindingStatus.Unknown });
        Assert.Contains((await installation).Attempts, attempt => attempt.Error?.Kind == ServerErrorKind.ConnectionLost);
        var (_, transferred) = await transfer;
        Assert.Equal(ServerErrorKind.ConnectionLost, transferred!.Error!.Kind);
        Assert.Equal("No ownership was changed.", transferred.Outcome);
        await playground.Superuser.CloseAsync();
        await playground.Superuser.OpenAsync(Cancellation);
        Assert.Equal(before, await playground.SnapshotAsync());
        Assert.Null((await ObservationExtensions.RehearseAsync(playground.Connection())).Observation.Failure);
    }

    [Fact]
    public async Task A_session_that_an_administrator_ends_in_the_middle_of_a_rehearsal()
    {
        await using var server = await Sandbox.Tests.Servers.StartAsync(new());
        var playground = await Playground.CreateAsync(server, Owner);
        await playground.DoAsync(Block);
        var rehearsal = ObservationExtensions.RehearseAsync(playground.Connection());
        await WaitForLocksAsync(server, 1);

        await server.Connection().AskAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'LangSmithPg'");

        var report = Playground.Evaluate(await rehearsal);
        var finding = Assert.Single(report.Findings, finding => finding.Id == "Rehearsal.Extension.btree_gin");
        Assert.Equal(FindingStatus.Unknown, finding.Status);
        Assert.StartsWith("57P01 ", finding.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failover_to_the_standby()
    {
        await using var first = await Sandbox.Tests.Servers.StartAsync(new() { SuperUserPassword = Tenant.Password });
        await using var second = await StandbyServer.StartAsync(password: Tenant.Password);

        Assert.Equal(first.Port, (await LookAsync("read-write", second, first)).Host.Port);
        Assert.Equal(first.Port, (await LookAsync("primary", second, first)).Host.Port);
        Assert.Equal(second.Port, (await LookAsync("standby", first, second)).Host.Port);
        Assert.Equal(second.Port, (await LookAsync("prefer-standby", first, second)).Host.Port);
        Assert.Contains(Evaluate(await LookAsync(wanted: null, second, first)), finding => finding is { Id: "Server.Writable", Status: FindingStatus.Fail });

        await first.StopAsync(PostgresStopMode.Immediate, Cancellation);
        var between = await LookAsync("read-write", first, second);
        var failure = between.AssertFailed(ConnectionFailureKind.HostNotWanted);
        Assert.Contains("standby", failure.Message, StringComparison.Ordinal);
        Assert.Contains("primary", failure.Fix.Text, StringComparison.Ordinal);

        await second.Connection().AskAsync("SELECT pg_promote()");
        var after = await LookAsync("read-write", first, second);
        Assert.Null(after.Failure);
        Assert.Equal(second.Port, after.Host.Port);
        Assert.Contains(Evaluate(after), finding => finding is { Id: "Server.Writable", Status: FindingStatus.Pass });
        (await LookAsync("standby", first, second)).AssertFailed(ConnectionFailureKind.HostNotWanted);

        static Task<ServerObservation> LookAsync(string? wanted, params PostgresServer[] servers)
        {
            var hosts = string.Join(',', servers.Select(server => $"127.0.0.1:{server.Port}"));
            return PgConnectionString.Parse($"postgres:{Tenant.Password}@{hosts}/postgres?sslmode=disable{(wanted is null ? "" : $"&target_session_attrs={wanted}")}")
                .Require().LookAsync();
        }

        static IReadOnlyList<Finding> Evaluate(ServerObservation observation) => ReadinessEvaluator.Evaluate(observation, new(2026, 1, 1)).Findings;
    }

    [Fact]
    public async Task A_disk_that_is_full()
    {
        using var folder = new TemporaryFolder();
        using var disk = SmallDisk.Mount(folder.Path, kilobytes: 16_384, Unprivileged);
        await using var server = await Sandbox.Tests.Servers.StartAsync(new());
        await server.Connection().AskAsync($"CREATE TABLESPACE small LOCATION '{folder.Path}'");
        var playground = await Playground.CreateAsync(server, Owner);
        await playground.Superuser.CloseAsync();
        await server.Connection().AskAsync($"ALTER DATABASE {playground.Database} SET TABLESPACE small");
        await playground.Superuser.OpenAsync(Cancellation);
        var before = await playground.SnapshotAsync();
        Fill(folder.File("filler"));

        var report = await playground.ReportAsync();
        var attempts = (await ExtensionInstall.RunAsync(playground.Connection(), new(), Cancellation)).Attempts;

        Assert.NotNull(report.Facts);
        var full = report.Findings.Where(finding => finding.Evidence?.StartsWith("53100 ", StringComparison.Ordinal) is true).ToList();
        Assert.NotEmpty(full);
        Assert.All(full, finding => Assert.Equal(FindingStatus.Fail, finding.Status));
        Assert.Contains(full, finding => finding.Fix!.Text.Contains("storage", StringComparison.Ordinal));
        Assert.Contains(attempts, attempt => attempt.Error?.Kind == ServerErrorKind.DiskFull);
        File.Delete(folder.File("filler"));
        Assert.Equal(before, await playground.SnapshotAsync());
        Assert.True((await playground.ReportAsync()).IsReady);
        await playground.DisposeAsync();
        await server.Connection().AskAsync("DROP TABLESPACE small");
    }

    [Fact]
    public async Task A_lock_table_that_is_full()
    {
        await using var server = await Sandbox.Tests.Servers.StartAsync(new()
        {
            Settings = new Dictionary<string, string> { ["max_locks_per_transaction"] = "10", ["max_connections"] = "8" },
        });
        var playground = await Playground.CreateAsync(server, Owner);
        var before = await playground.SnapshotAsync();
        await using var hog = new NpgsqlConnection(server.Connection().ConnectionString);
        await hog.OpenAsync(Cancellation);
        await using (var takeAll = new NpgsqlCommand("DO $$ BEGIN FOR n IN 1..1000000 LOOP PERFORM pg_advisory_lock(n); END LOOP; EXCEPTION WHEN out_of_memory THEN END $$", hog))
        {
            await takeAll.ExecuteNonQueryAsync(Cancellation);
        }

        var report = await playground.ReportAsync();

        Assert.False(report.IsReady);
        var full = report.Findings.Where(finding => finding.Evidence?.StartsWith("53200 ", StringComparison.Ordinal) is true).ToList();
        Assert.NotEmpty(full);
        Assert.All(full, finding => Assert.NotEqual(FindingStatus.Pass, finding.Status));
        await using (var giveBack = new NpgsqlCommand("SELECT pg_advisory_unlock_all()", hog))
        {
            await giveBack.ExecuteNonQueryAsync(Cancellation);
        }

        Assert.Equal(before, await playground.SnapshotAsync());
    }

    [Fact]
    public async Task A_connection_that_is_cut_before_the_answer_to_the_commit()
    {
        await using var server = await Sandbox.Tests.Servers.StartAsync(new());
        var options = new SessionOptions { Timeout = TimeSpan.FromSeconds(90) };
        long untilCommit = 0;
        await using (var whole = FaultyProxy.Start(new() { UpstreamHost = server.Host, UpstreamPort = server.Port }))
        {
            var playground = await Playground.CreateAsync(server, Owner);
            var noted = options with { Log = message => untilCommit = message == "Committed." ? whole.BytesToServer : untilCommit };
            await ExtensionInstall.RunAsync(playground.Connection(port: whole.Port), noted, Cancellation);
        }

        Assert.True(untilCommit > 0);
        var other = await Playground.CreateAsync(server, Owner);
        await using var proxy = FaultyProxy.Start(new()
        {
            UpstreamHost = server.Host, UpstreamPort = server.Port, Break = new(ProxyBreakKind.Reset, untilCommit, OfServer: false),
        });
        var (before, attempts) = await ExtensionInstall.RunAsync(other.Connection(port: proxy.Port), options, Cancellation);

        // The server was asked again, and knows.
        Assert.Equal(1, proxy.Broken);
        Assert.Null(before.Failure);
        Assert.NotEmpty(attempts);
        var installed = await other.AskAsync("SELECT count(*) FROM pg_extension WHERE extname <> 'plpgsql'") != "0";
        Assert.All(attempts, attempt => Assert.Equal(installed, attempt.Error is null));
    }

    // As the sandbox's servers run under root.
    const int Unprivileged = 65534;

    static void Fill(string path)
    {
        using var filler = File.Create(path);
        var block = new byte[4096];
        try
        {
            while (true)
            {
                filler.Write(block);
                filler.Flush();
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    static async Task WaitForLocksAsync(PostgresServer server, int sessions)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(Patience);
        // One session for all questions: they do not wait for locks forever.
        await using var watcher = new NpgsqlConnection(server.Connection().ConnectionString);
        await watcher.OpenAsync(patience.Token);
        await using var count = new NpgsqlCommand("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'LangSmithPg' AND wait_event_type = 'Lock'", watcher);
        while ((long)(await count.ExecuteScalarAsync(patience.Token))! != sessions)
        {
            await Task.Delay(10, patience.Token);
        }
    }
}
