using LangSmithPg.Clouds;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Findings;
using LangSmithPg.Health;
using LangSmithPg.Readiness;
using LangSmithPg.Reports;

namespace LangSmithPg.Core.Tests.Health;

/// <summary>Both sides of each limit.</summary>
public sealed class HealthRuleTests
{
    const long Gibibyte = 1L << 30;

    [Fact]
    public void A_server_that_is_well_has_nothing_to_do()
    {
        var report = new Server().Report();
        Assert.Equal((ReportKind.Health, true, "healthy"), (report.Kind, report.IsReady, report.Verdict));
        Assert.All(report.Findings.Where(finding => finding.Id.StartsWith("Health.", StringComparison.Ordinal)), finding =>
        {
            Assert.True(finding is { Status: FindingStatus.Pass, Fix: null } or { Id: "Health.Growth", Status: FindingStatus.NotApplicable }, finding.ToString());
            Assert.NotNull(finding.Why);
            Assert.NotNull(finding.Source);
        });
        Assert.Equal(22, report.Findings.Count(finding => finding.Id.StartsWith("Health.", StringComparison.Ordinal)));
        Assert.Contains(report.Findings, finding => finding.Id == "Connection");
        Assert.Equal(20L << 30, report.Figures!.DatabaseBytes);
        Assert.Equal(DateTimeKind.Utc, report.Figures.Time.Kind);
    }

    [Theory]
    [InlineData(499_999_999, FindingStatus.Pass)]
    [InlineData(500_000_000, FindingStatus.Warning)]
    [InlineData(1_599_999_999, FindingStatus.Warning)]
    [InlineData(1_600_000_000, FindingStatus.Fail)]
    public void Ids_that_run_out(long age, FindingStatus status)
    {
        Assert.Equal(status, new Server().With(facts => facts with { Databases = [new("langsmith", age, 0)] }).Status("Health.TransactionIds"));
        Assert.Equal(status, new Server().With(facts => facts with { Databases = [new("langsmith", 0, age)] }).Status("Health.MultixactIds"));
    }

    [Theory]
    // A quarter more than the server is set to, and PostgreSQL's own 105 percent.
    [InlineData(1_000_000_000, 1_249_999_999, FindingStatus.Pass)]
    [InlineData(1_000_000_000, 1_250_000_000, FindingStatus.Warning)]
    [InlineData(2_000_000_000, 2_099_999_999, FindingStatus.Pass)]
    [InlineData(2_000_000_000, 2_100_000_000, FindingStatus.Fail)]
    public void A_server_that_is_set_to_freeze_later(long freeze, long age, FindingStatus status) => Assert.Equal(
        status, new Server().Setting("autovacuum_freeze_max_age", $"{freeze}").With(facts => facts with { Databases = [new("langsmith", age, 0)] }).Status("Health.TransactionIds"));

    [Fact]
    public void Old_ids_are_frozen_table_by_table_after_what_holds_them()
    {
        var old = new Server { Objects = new Server().Objects with { OldestTables = [new("pg_temp_3", "t", 600_000_000, 0, IsTemporary: true), new("a", "b\"c", 600_000_000, 0, false), new("a", "young", 5, 0, false)] } }
            .With(facts => facts with { Databases = [new("langsmith", 600_000_000, 0)] });
        var finding = old.Find("Health.TransactionIds");
        Assert.Equal("Database langsmith has used 600 million of 2.14 billion transaction ids since its oldest row was frozen.", finding.Message);
        Assert.Equal("-- Then check again: other tables may follow.\nDROP TABLE \"pg_temp_3\".\"t\"; -- temporary, of a session that has ended\nVACUUM (FREEZE) \"a\".\"b\"\"c\";", finding.Fix!.Text);
        Assert.Null(finding.CausedBy);
        Assert.Equal("Health.OldestTransaction", old.With(facts => facts with { Holders = [new("slot", "s", 550_000_000, null)] }).Find("Health.TransactionIds").CausedBy);
        // Of another database, only its name is known.
        Assert.Equal(RemedyKind.Text, old.With(facts => facts with { Databases = [new("other", 600_000_000, 0)] }).Find("Health.TransactionIds").Fix!.Kind);
    }

    [Theory]
    [InlineData(49_999_999, FindingStatus.Pass)]
    [InlineData(50_000_000, FindingStatus.Warning)]
    [InlineData(199_999_999, FindingStatus.Warning)]
    [InlineData(200_000_000, FindingStatus.Fail)]
    public void What_holds_old_rows(long age, FindingStatus status)
    {
        foreach (var (holder, fix) in new (Holder, string)[]
        {
            (new("session", "7", age, Session(7, transaction: 9)), "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = 7 AND backend_start = '2026-11-23T01:00:00+00:00';"),
            (new("slot", "s'1", age, null), "SELECT pg_drop_replication_slot('s''1');"),
            (new("prepared", "x", age, null), "ROLLBACK PREPARED 'x';"),
            (new("standby", "replica", age, null), "hot_standby_feedback"),
        })
        {
            var finding = new Server().With(facts => facts with { Holders = [holder] }).Find("Health.OldestTransaction");
            Assert.Equal(status, finding.Status);
            Assert.True(finding.Fix is null ? status == FindingStatus.Pass : finding.Fix.Text.Contains(fix, StringComparison.Ordinal), finding.Fix?.Text);
        }
    }

    [Fact]
    public void A_server_that_is_set_to_keep_rows_longer_is_not_held() => Assert.Equal(
        FindingStatus.Pass, new Server().Setting("vacuum_freeze_min_age", "90000000").With(facts => facts with { Holders = [new("slot", "s", 60_000_000, null)] }).Status("Health.OldestTransaction"));

    [Fact]
    public void Autovacuum_that_is_off()
    {
        var off = new Server().Setting("autovacuum", "off");
        Assert.Equal((FindingStatus.Fail, "ALTER SYSTEM SET autovacuum = on;\nSELECT pg_reload_conf();"), (off.Status("Health.Autovacuum"), off.Find("Health.Autovacuum").Fix!.Text));
        Assert.Equal(FindingStatus.Fail, new Server().Setting("track_counts", "off").Status("Health.Autovacuum"));
        // ALTER SYSTEM is not allowed there.
        var managed = (off with { Facts = Recorded.RecordedFacts.Read("azure") }).Find("Health.Autovacuum").Fix!;
        Assert.Equal((RemedyKind.Text, true), (managed.Kind, managed.Text.Contains(ServerProvider.Azure.DisplayName(), StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(9_999, 50, FindingStatus.Pass)]
    [InlineData(10_000, 4_999, FindingStatus.Warning)]
    [InlineData(10_000, 5_000, FindingStatus.Pass)]
    public void Autovacuum_that_is_behind(long dead, long threshold, FindingStatus status)
    {
        var finding = new Server { Objects = new Server().Objects with { BehindCount = 1, Behind = [new("a", "b", dead, 100, threshold, IsDisabled: true, Vacuumed: null)] } }.Find("Health.DeadRows");
        Assert.Equal(status, finding.Status);
        Assert.Equal(status == FindingStatus.Pass ? null : "ALTER TABLE \"a\".\"b\" RESET (autovacuum_enabled);\nVACUUM (ANALYZE) \"a\".\"b\";", finding.Fix?.Text);
    }

    [Theory]
    [InlineData(2 * Gibibyte, Gibibyte, FindingStatus.Warning)]
    [InlineData(2 * Gibibyte, Gibibyte + 1, FindingStatus.Pass)]
    // Much, but not half of it.
    [InlineData(10 * Gibibyte, 6 * Gibibyte, FindingStatus.Pass)]
    [InlineData(Gibibyte, null, FindingStatus.Unknown)]
    [InlineData(Gibibyte - 1, null, FindingStatus.Pass)]
    public void Tables_that_are_mostly_empty(long bytes, long? packed, FindingStatus status) => Assert.Equal(
        status, new Server { Objects = new Server().Objects with { LargestTables = [new("a", "b", bytes, bytes, packed)] } }.Status("Health.Bloat"));

    [Theory]
    [InlineData(3_599, 299, FindingStatus.Pass)]
    [InlineData(3_600, 300, FindingStatus.Warning)]
    public void Sessions_that_stay_in_a_transaction(long transaction, long idle, FindingStatus status)
    {
        Assert.Equal(status, new Server().With(facts => facts with { Transactions = [Session(7, transaction)] }).Status("Health.LongTransactions"));
        var finding = new Server().With(facts => facts with { IdleInTransaction = [Session(7, transaction, idle)] }).Find("Health.IdleInTransaction");
        Assert.Equal(status, finding.Status);
        if (status != FindingStatus.Pass)
        {
            Assert.Equal("1 session has been idle in a transaction for more than 5 min, the longest for 5 min.", finding.Message);
            Assert.EndsWith("WHERE pid = 7 AND backend_start = '2026-11-23T01:00:00+00:00';", finding.Fix!.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Sessions_that_are_hidden_are_unknown_and_one_GRANT_shows_them()
    {
        var report = new Server().With(facts => facts with { SeesSessions = false, HiddenSessions = 3 }).Report();
        Assert.Equal(["Health.Visibility", "Health.IdleInTransaction", "Health.LongTransactions"], report.Findings.Where(finding => finding.Status == FindingStatus.Unknown).Select(finding => finding.Id));
        Assert.All(report.Findings.Where(finding => finding.Status == FindingStatus.Unknown).Skip(1), finding => Assert.Equal("Health.Visibility", finding.CausedBy));
        Assert.Equal((true, "healthy, 3 unknown"), (report.IsReady, report.Verdict));
        // Where there is nobody else, nothing is hidden.
        Assert.Equal(FindingStatus.Pass, new Server().With(facts => facts with { SeesSessions = false }).Status("Health.LongTransactions"));
    }

    [Theory]
    [InlineData(29, FindingStatus.Pass)]
    [InlineData(30, FindingStatus.Warning)]
    [InlineData(299, FindingStatus.Warning)]
    [InlineData(300, FindingStatus.Fail)]
    public void Sessions_that_wait(long seconds, FindingStatus status)
    {
        // 9 waits for 8, which waits for 7: who is to end is 7.
        var finding = new Server().With(facts => facts with
        {
            Waiting = 2,
            Blocked = [new(Session(8), seconds, [7]), new(Session(9), seconds, [8])],
            Blockers = [Session(7), Session(8)],
        }).Find("Health.BlockedSessions");
        Assert.Equal(status, finding.Status);
        if (status != FindingStatus.Pass)
        {
            Assert.EndsWith("; process 7 (role app, backend) holds it.", finding.Message, StringComparison.Ordinal);
            Assert.Contains("pid = 7 ", finding.Fix!.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("pid = 8 ", finding.Fix.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_prepared_transaction_that_blocks() => Assert.Contains(
        "ROLLBACK PREPARED", new Server().With(facts => facts with { Waiting = 1, Blocked = [new(Session(8), 40, [0])] }).Find("Health.BlockedSessions").Fix!.Text, StringComparison.Ordinal);

    [Fact]
    public void Indexes_that_are_invalid()
    {
        var finding = new Server { Objects = new Server().Objects with { InvalidCount = 2, InvalidIndexes = [new("a", "b", 1, false), new("a", "b_ccnew", 1, false)] } }.Find("Health.InvalidIndexes");
        Assert.Equal((FindingStatus.Warning, "REINDEX INDEX CONCURRENTLY \"a\".\"b\";\nDROP INDEX CONCURRENTLY \"a\".\"b_ccnew\";"), (finding.Status, finding.Fix!.Text));
        Assert.Equal(FindingStatus.Unknown, new Server { Objects = new Server().Objects with { BuildingCount = 1 } }.Status("Health.InvalidIndexes"));
    }

    [Theory]
    [InlineData(29, FindingStatus.Unknown)]
    [InlineData(30, FindingStatus.Warning)]
    public void Indexes_that_no_query_uses(int days, FindingStatus status)
    {
        var unused = new Server { Objects = new Server().Objects with { UnusedCount = 1, UnusedBytes = Gibibyte, UnusedIndexes = [new("a", "b", Gibibyte, false)] } };
        Assert.Equal(status, unused.With(facts => facts with { StatisticsSince = Server.Now.AddDays(-days) }).Status("Health.UnusedIndexes"));
        Assert.Equal(FindingStatus.Unknown, unused.With(facts => facts with { StatisticsSince = null }).Status("Health.UnusedIndexes"));
    }

    [Fact]
    public void Indexes_that_are_the_same()
    {
        var finding = new Server { Objects = new Server().Objects with { DuplicateCount = 7, DuplicateIndexes = [new("a", "b", Gibibyte, "a", "c")] } }.Find("Health.DuplicateIndexes");
        Assert.Equal("7 large indexes are the same as others: a.b and 6 more.", finding.Message);
        Assert.EndsWith("\nDROP INDEX CONCURRENTLY \"a\".\"b\";", finding.Fix!.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "extended", Gibibyte - 1, -1, FindingStatus.Pass)]
    [InlineData(false, "extended", Gibibyte, -1, FindingStatus.Warning)]
    [InlineData(false, "extended", 10 * Gibibyte, -1, FindingStatus.Fail)]
    // It will be lost before the disk is full.
    [InlineData(false, "extended", 10 * Gibibyte, 20 * Gibibyte, FindingStatus.Warning)]
    [InlineData(true, "extended", (10 * Gibibyte) - 1, -1, FindingStatus.Pass)]
    [InlineData(true, "extended", 10 * Gibibyte, -1, FindingStatus.Warning)]
    [InlineData(false, "lost", null, -1, FindingStatus.Warning)]
    public void Slots_that_hold_WAL(bool active, string status, long? retained, long limit, FindingStatus expected) => Assert.Equal(
        expected, new Server().Setting("max_slot_wal_keep_size", $"{limit}").With(facts => facts with { Slots = [new("s", "physical", active, status, retained)] }).Status("Health.ReplicationSlots"));

    [Theory]
    [InlineData(0.699, FindingStatus.Pass)]
    [InlineData(0.7, FindingStatus.Warning)]
    [InlineData(0.899, FindingStatus.Warning)]
    [InlineData(0.9, FindingStatus.Fail)]
    public void Sequences_near_their_end(double used, FindingStatus status) => Assert.Equal(
        status, new Server { Sequences = new(1, 1, 0, [], [new("a", "s", used, 5, true, "a", "t", "id", false, 31)]) }.Status("Health.Sequences"));

    [Fact]
    public void Sequences_are_told_by_their_column_and_those_that_are_not_read_are_unknown()
    {
        var finding = new Server { Sequences = new(1, 1, 0, [], [new("a", "s", 0.95, 5, true, "a", "t", "id", false, 31)]) }.Find("Health.Sequences");
        Assert.Equal("1 sequence is near the end: a.t.id (95 %).", finding.Message);
        Assert.Contains("ALTER TABLE \"a\".\"t\" ALTER COLUMN \"id\" TYPE bigint;", finding.Fix!.Text, StringComparison.Ordinal);
        Assert.Contains("\nALTER SEQUENCE \"a\".\"s\" AS bigint;\n", finding.Fix.Text, StringComparison.Ordinal);
        Assert.Equal(FindingStatus.Unknown, new Server { Sequences = new(20_000, 10_000, 0, [], []) }.Status("Health.Sequences"));
        var hidden = new Server { Sequences = new(3, 1, 2, ["a\"b"], []) }.Find("Health.Sequences");
        Assert.Equal((FindingStatus.Unknown, true), (hidden.Status, hidden.Fix!.Text.StartsWith("GRANT SELECT ON ALL SEQUENCES IN SCHEMA \"a\"\"b\" TO ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("153.1", "153.1", FindingStatus.Pass)]
    [InlineData("153.1", null, FindingStatus.Pass)]
    [InlineData("153.1", "153.2", FindingStatus.Warning)]
    public void Collations_that_have_changed(string version, string? actual, FindingStatus status) => Assert.Equal(
        status, new Server { Objects = new Server().Objects with { Collations = [new("pg_catalog", "de-x-icu", version, actual)] } }.Status("Health.IndexCollations"));

    [Theory]
    [InlineData((100 * Gibibyte) - 10, FindingStatus.Pass)]
    [InlineData(100 * Gibibyte, FindingStatus.Warning)]
    public void Temporary_files(long bytes, FindingStatus status)
    {
        var server = new Server().With(facts => facts with { TemporaryBytes = bytes, StatisticsSince = Server.Now.AddDays(-10) });
        Assert.Equal(status, server.Status("Health.TemporaryFiles"));
        Assert.Equal(FindingStatus.Unknown, server.With(facts => facts with { StatisticsSince = null }).Status("Health.TemporaryFiles"));
    }

    [Theory]
    [InlineData(899_999, 100_001, FindingStatus.Warning)]
    [InlineData(900_000, 100_000, FindingStatus.Pass)]
    [InlineData(0, 999_999, FindingStatus.NotApplicable)]
    public void What_is_read_from_memory(long hit, long read, FindingStatus status) =>
        Assert.Equal(status, new Server().With(facts => facts with { BlocksHit = hit, BlocksRead = read }).Status("Health.CacheHitRatio"));

    [Theory]
    [InlineData(19, 0, FindingStatus.Pass)]
    [InlineData(20, 20, FindingStatus.Pass)]
    [InlineData(21, 20, FindingStatus.Warning)]
    public void Checkpoints_before_their_time(long requested, long timed, FindingStatus status)
    {
        var finding = new Server().With(facts => facts with { Checkpoints = new(timed, requested) }).Find("Health.Checkpoints");
        Assert.Equal((status, status == FindingStatus.Pass ? null : "ALTER SYSTEM SET max_wal_size = '2GB';\nSELECT pg_reload_conf();"), (finding.Status, finding.Fix?.Text));
    }

    [Theory]
    [InlineData(77, FindingStatus.Pass)]
    [InlineData(78, FindingStatus.Warning)]
    [InlineData(92, FindingStatus.Warning)]
    [InlineData(93, FindingStatus.Fail)]
    public void Connections_of_the_server(int used, FindingStatus status)
    {
        var facts = new Server().Facts;
        Assert.Equal(status, new Server { Facts = facts with { Connections = new(100, 3, used) } }.Status("Health.Connections"));
        // Of 100 that a database or a role may open.
        Assert.Equal(FindingStatus.Warning, new Server { Facts = facts with { Database = facts.Database with { Connections = 80, ConnectionLimit = 100 } } }.Status("Health.Connections"));
        Assert.Equal(FindingStatus.Fail, new Server { Facts = facts with { Role = facts.Role with { Connections = 95, ConnectionLimit = 100 } } }.Status("Health.Connections"));
    }

    [Theory]
    [InlineData(92, FindingStatus.Pass)]
    [InlineData(93, FindingStatus.Fail)]
    public void Connections_of_the_budget(int budget, FindingStatus status)
    {
        var facts = new Server().Facts;
        Assert.Equal(status, new Server { Budget = budget, Facts = facts with { Connections = new(100, 3, 10), Role = facts.Role with { Connections = 5 } } }.Status("Health.Connections"));
    }

    [Theory]
    // 20 GB now; doubled within 30 days, and not.
    [InlineData(10, 30, FindingStatus.Warning)]
    [InlineData(10, 31, FindingStatus.Pass)]
    [InlineData(30, 1, FindingStatus.Pass)]
    // Half a gigabyte within a night.
    [InlineData(19.5, 1, FindingStatus.Pass)]
    [InlineData(19, 1, FindingStatus.Warning)]
    [InlineData(19, -1, FindingStatus.Unknown)]
    public void Growth_since_an_earlier_report(double gigabytesBefore, int days, FindingStatus status)
    {
        var server = new Server
        {
            Before = new(Server.Now.AddDays(-days).UtcDateTime, (long)(gigabytesBefore * Gibibyte), [new("public.runs", Gibibyte)]),
            Objects = new Server().Objects with { LargestTables = [new("public", "runs", 3 * Gibibyte, Gibibyte, Gibibyte), new("public", "new", Gibibyte, Gibibyte, Gibibyte)] },
        };
        var finding = server.Find("Health.Growth");
        Assert.Equal(status, finding.Status);
        Assert.Equal(status == FindingStatus.Unknown ? null : "public.runs: 2 GB more", finding.Evidence);
    }

    [Fact]
    public void A_size_that_takes_too_long_is_unknown()
    {
        var report = new Server { Bytes = null }.Report();
        Assert.Equal((FindingStatus.Unknown, null), (report.Findings.Single(finding => finding.Id == "Health.Growth").Status, report.Figures));
    }

    [Fact]
    public void A_baseline_without_sizes_is_unknown()
    {
        var connection = PgConnectionString.Parse("langsmith:pw@db.example.com/langsmith").Require();
        var server = new Server();
        var report = HealthEvaluator.Evaluate(
            new(new() { Connection = connection, Host = connection.Hosts[0], Facts = server.Facts }, new(new(server.Activity, null), new(server.Objects, null), new(server.Sequences, null), new(server.Traces, null)) { DatabaseBytes = 5 }),
            new(2026, 11, 23), baseline: []);
        Assert.Equal(FindingStatus.Unknown, report.Findings.Single(finding => finding.Id == "Health.Growth").Status);
    }

    [Fact]
    public void Counts_of_traces()
    {
        Assert.Equal(FindingStatus.Warning, new Server { Traces = new(true, true) { Failed = 1 } }.Status("Health.FailedTraces"));
        Assert.StartsWith("1000 or more counts", new Server { Traces = new(true, true) { Failed = 1000 } }.Find("Health.FailedTraces").Message, StringComparison.Ordinal);
        Assert.Equal(FindingStatus.Unknown, new Server { Traces = new(true, false) }.Status("Health.FailedTraces"));
        Assert.Equal(FindingStatus.Unknown, new Server { Traces = new(false, true) }.Status("Health.FailedTraces"));
        Assert.Equal(FindingStatus.NotApplicable, new Server { Traces = new(null, null) }.Status("Health.FailedTraces"));
    }

    [Fact]
    public void What_a_server_does_not_tell_is_unknown()
    {
        var connection = PgConnectionString.Parse("langsmith:pw@db.example.com/langsmith").Require();
        var report = HealthEvaluator.Evaluate(
            new(new() { Connection = connection, Host = connection.Hosts[0], Facts = new Server().Facts }, new(new(null, "permission denied"), new(null, "canceled"), new(null, "locked"), new(null, null))), new(2026, 11, 23));
        List<Finding> own = [.. report.Findings.Where(finding => finding.Id.StartsWith("Health.", StringComparison.Ordinal) && finding.Id != "Health.Connections")];
        Assert.All(own, finding => Assert.Equal(FindingStatus.Unknown, finding.Status));
        Assert.Equal("The server did not answer: locked.", own.Single(finding => finding.Id == "Health.Sequences").Message);
        Assert.Equal((21, null), (own.Count, report.Figures));
    }

    [Fact]
    public void A_report_keeps_its_figures_as_JSON()
    {
        var report = new Server { Objects = new Server().Objects with { LargestTables = [new("public", "runs", 5, 5, 5)] } }.Report();
        var read = JsonReport.Read(JsonReport.Write(new("t", Server.Now, "1", [report]))).Single();
        Assert.Equal((ReportKind.Health, report.Figures!.Time, report.Figures.DatabaseBytes), (read.Kind, read.Figures!.Time, read.Figures.DatabaseBytes));
        Assert.Equal([new TableFigure("public.runs", 5)], read.Figures.Tables);
        Assert.Null(JsonReport.Read(JsonReport.Write(new("t", Server.Now, "1", [report with { Figures = null }]))).Single().Figures);
        Assert.Equal("Health of PostgreSQL for LangSmith", FleetReport.TitleFor([report]));
    }

    static SessionFacts Session(int pid, long? transaction = null, long? idle = null) => new(pid, "app", "backend", "active", "2026-11-23T01:00:00+00:00", transaction, idle);
}
