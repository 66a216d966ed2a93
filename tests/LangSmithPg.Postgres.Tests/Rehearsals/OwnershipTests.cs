using System.Diagnostics;
using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Readiness;
using Npgsql;

namespace LangSmithPg.Postgres.Tests.Rehearsals;

/// <summary>Tables that were there before: whose they are, and who holds them.</summary>
[Collection("Quiet servers")]
public sealed class OwnershipTests(QuietServers servers)
{
    static readonly string[] OldTables =
    [
        "GRANT CREATE ON DATABASE {database} TO {role}",
        "GRANT ALL ON SCHEMA public TO {role}",
        "CREATE TABLE runs (id int, \"a \"\"column\"\"\" text)",
        "CREATE TABLE \"old \"\"feedback\"\"\" (id int) PARTITION BY LIST (id)",
        "CREATE TABLE part PARTITION OF \"old \"\"feedback\"\"\" DEFAULT",
        "GRANT ALL ON ALL TABLES IN SCHEMA public TO {role}",
        "ALTER TABLE runs OWNER TO {other}",
        "ALTER TABLE \"old \"\"feedback\"\"\" OWNER TO {other}",
        "ALTER TABLE part OWNER TO {other}",
    ];

    [Theory]
    [MemberData(nameof(QuietServers.Majors), MemberType = typeof(QuietServers))]
    public async Task All_privileges_do_not_make_an_owner(int major)
    {
        await using var playground = await Playground.CreateAsync(await servers.GetAsync(major), OldTables);
        var before = await playground.SnapshotAsync();
        var finding = Ownership(await playground.ReportAsync());
        Assert.Equal(FindingStatus.Fail, finding.Status);
        Assert.Contains("42501 must be owner of table runs", finding.Evidence, StringComparison.Ordinal);
        Assert.StartsWith($"GRANT \"{playground.Other}\" TO \"{playground.Role}\"{(major >= 16 ? " WITH INHERIT TRUE, SET TRUE" : "")};", finding.Fix?.Text, StringComparison.Ordinal);
        Assert.Equal(before, await playground.SnapshotAsync());

        await playground.DoAsync(finding.Fix!.Text);
        Assert.Equal(FindingStatus.Pass, Ownership(await playground.ReportAsync()).Status);
    }

    [Fact]
    public async Task One_owner_of_several_is_found()
    {
        await using var playground = await Playground.CreateAsync(await servers.GetAsync(), [.. OldTables, "CREATE TABLE mine ()", "ALTER TABLE mine ADD a int", "ALTER TABLE mine OWNER TO {role}"]);
        var finding = Ownership(await playground.ReportAsync());
        Assert.Equal(FindingStatus.Fail, finding.Status);
        Assert.Contains($"public.mine of {playground.Role}: altered", finding.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_schema_has_no_owners_to_ask()
    {
        await using var playground = await Playground.CreateAsync(await servers.GetAsync(), "CREATE EXTENSION pg_trgm", "CREATE EXTENSION ltree");
        Assert.Equal(FindingStatus.NotApplicable, Ownership(await playground.ReportAsync()).Status);
    }

    [Fact]
    public async Task A_table_under_lock_is_named_and_not_waited_for()
    {
        await using var playground = await Playground.CreateAsync(await servers.GetAsync(), [.. OldTables, "GRANT {other} TO {role}"]);
        await playground.DoAsync("BEGIN; LOCK TABLE runs, \"old \"\"feedback\"\"\", part IN ACCESS EXCLUSIVE MODE");
        var all = Ownership(await playground.ReportAsync());
        Assert.Equal(FindingStatus.Unknown, all.Status);
        Assert.Contains("public.runs", all.Message, StringComparison.Ordinal);
        Assert.Contains("55P03", all.Evidence, StringComparison.Ordinal);
        Assert.Contains("pg_blocking_pids", all.Fix?.Text, StringComparison.Ordinal);

        await playground.DoAsync("ROLLBACK; BEGIN; LOCK TABLE runs IN ACCESS EXCLUSIVE MODE");
        var one = Ownership(await playground.ReportAsync());
        Assert.Equal(FindingStatus.Warning, one.Status);
        Assert.Contains("table public.runs", one.Message, StringComparison.Ordinal);
        await playground.DoAsync("ROLLBACK");
    }

    [Fact]
    public async Task Readers_and_writers_go_on_while_a_rehearsal_holds_its_lock()
    {
        await using var playground = await Playground.CreateAsync(await servers.GetAsync(), [.. OldTables]);
        await playground.DoAsync("BEGIN; ALTER TABLE ONLY runs ALTER COLUMN id SET STATISTICS -1");
        Assert.Equal("ShareUpdateExclusiveLock", await playground.AskAsync("SELECT mode FROM pg_locks WHERE relation = 'runs'::regclass"));
        Assert.Equal([true, true], await Playground.ReallyDoAsync(playground.Connection(), ["SET lock_timeout = 100; SELECT FROM runs", "INSERT INTO runs VALUES (1)"]));
        await playground.DoAsync("ROLLBACK");
    }

    [Fact]
    public async Task Somebody_elses_unfinished_extension_is_waited_for_two_seconds()
    {
        await using var playground = await Playground.CreateAsync(await servers.GetAsync(), "ALTER DATABASE {database} OWNER TO {role}");
        await playground.DoAsync("BEGIN; CREATE EXTENSION citext");
        var clock = Stopwatch.StartNew();
        var report = await playground.ReportAsync();
        Assert.True(clock.Elapsed >= TimeSpan.FromSeconds(2));
        Assert.Equal(FindingStatus.Unknown, Find(report, "Extension.citext").Status);
        Assert.Equal("Not tried because Rehearsal.Extension.citext did not succeed.", Find(report, "Column.citext").Message);
        Assert.Equal(FindingStatus.Pass, Find(report, "Column.ltree").Status);
        await playground.DoAsync("ROLLBACK");
        Assert.Equal(PostgresErrorCodes.LockNotAvailable, Find(report, "Extension.citext").Evidence![..5]);
    }

    static Finding Ownership(ReadinessReport report) => Find(report, "Ownership");

    static Finding Find(ReadinessReport report, string step) => Assert.Single(report.Findings, finding => finding.Id == $"Rehearsal.{step}");
}
