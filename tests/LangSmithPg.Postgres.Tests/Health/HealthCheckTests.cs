using System.Diagnostics;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Findings;
using LangSmithPg.Health;
using LangSmithPg.Postgres.Health;
using LangSmithPg.Postgres.Servers;
using LangSmithPg.Postgres.Tests.Rehearsals;
using LangSmithPg.Readiness;
using Npgsql;

namespace LangSmithPg.Postgres.Tests.Health;

/// <summary>Real servers, brought into each state.</summary>
[Collection("Quiet servers")]
public sealed partial class HealthCheckTests(QuietServers servers)
{
    // A name that a fix has to quote.
    const string Hostile = "\"a\"\"b; DROP\nTABLE x\"";

    static CancellationToken Stopping => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(QuietServers.Majors), MemberType = typeof(QuietServers))]
    public async Task A_new_database_is_healthy_to_a_superuser_and_unknown_to_a_role_without_rights(int major)
    {
        await using var playground = await Playground.CreateAsync(
            await servers.GetAsync(major), "CREATE TABLE t (id serial)", "SELECT nextval('t_id_seq')", "CREATE TABLE trace_count_transactions (id int, status text)");
        var before = await playground.SnapshotAsync();
        var all = await ReportAsync(playground, asSuperuser: true);
        // The sandbox turns it off.
        Assert.Equal(["Health.Autovacuum"], all.Findings.Where(finding => finding.Status is FindingStatus.Fail or FindingStatus.Unknown).Select(finding => finding.Id));
        var plain = await ReportAsync(playground);
        Assert.Equal(
            ["Health.Visibility", "Health.IdleInTransaction", "Health.LongTransactions", "Health.Sequences", "Health.FailedTraces"],
            plain.Findings.Where(finding => finding.Status == FindingStatus.Unknown).Select(finding => finding.Id));
        Assert.True(plain.Figures!.DatabaseBytes > 1_000_000);
        Assert.Contains(plain.Figures.Tables, table => table.Name == "public.t");

        // What each fix shows, and nothing else.
        foreach (var id in (string[])["Health.Visibility", "Health.Sequences", "Health.FailedTraces"])
        {
            await FixAsync(playground, plain, id);
        }

        Assert.DoesNotContain((await ReportAsync(playground)).Findings, finding => finding.Status == FindingStatus.Unknown);
        await playground.DoAsync("REVOKE pg_monitor FROM {role}");
        await playground.DoAsync("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}");
        await playground.DoAsync("REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {role}");
        await playground.DoAsync("REVOKE ALL ON SCHEMA public FROM {role}");
        Assert.Equal(before.Count, (await playground.SnapshotAsync()).Count);
    }

    [Theory]
    [InlineData(14)]
    [InlineData(18)]
    public async Task What_sessions_do_is_found_and_ended(int major)
    {
        await using var playground = await Playground.CreateAsync(await servers.GetAsync(major), "CREATE TABLE t (id int)");
        await using var holder = await OpenAsync(playground);
        await DoAsync(holder, "BEGIN; LOCK TABLE t");
        await using var waiter = await OpenAsync(playground);
        var waiting = DoAsync(waiter, "SELECT * FROM t");
        while (await playground.AskAsync("select count(*) from pg_locks where not granted and waitstart is not null") == "0")
        {
            await Task.Delay(20, Stopping);
        }

        var facts = (await LookAsync(playground, asSuperuser: true)).Facts!.Activity.Facts!;
        var idle = Assert.Single(facts.IdleInTransaction);
        Assert.Equal(("idle in transaction", holder.ProcessID), (idle.State, idle.Pid));
        Assert.Contains(facts.Transactions, session => session.Pid == waiter.ProcessID);
        var blocked = Assert.Single(facts.Blocked);
        Assert.Equal((1, waiter.ProcessID, holder.ProcessID), (facts.Waiting, blocked.Session.Pid, Assert.Single(blocked.Blockers)));
        // Who waits, for whom and what it holds is known without rights; not, for how long they have been in a transaction.
        var plain = (await LookAsync(playground)).Facts!.Activity.Facts!;
        Assert.Equal((1, holder.ProcessID), (plain.Waiting, Assert.Single(plain.Blockers).Pid));
        Assert.Empty(plain.IdleInTransaction);
        Assert.True(plain.HiddenSessions >= 2);

        // As if they had done so for long.
        var report = await ReportAsync(playground, asSuperuser: true, facts => facts with
        {
            IdleInTransaction = [facts.IdleInTransaction[0] with { StateSeconds = 4_000 }],
            Blocked = [facts.Blocked[0] with { Seconds = 400 }],
        });
        Assert.Equal((FindingStatus.Fail, FindingStatus.Warning), (Find(report, "Health.BlockedSessions").Status, Find(report, "Health.IdleInTransaction").Status));
        await FixAsync(playground, report, "Health.BlockedSessions");
        await waiting;
        Assert.Equal(FindingStatus.Pass, Find(await ReportAsync(playground, asSuperuser: true), "Health.IdleInTransaction").Status);
    }

    [Theory]
    [InlineData(14)]
    [InlineData(18)]
    public async Task What_is_stored_badly_is_found_and_mended(int major)
    {
        await using var playground = await Playground.CreateAsync(
            await servers.GetAsync(major),
            $"CREATE TABLE {Hostile} (id serial PRIMARY KEY, name text, value int GENERATED BY DEFAULT AS IDENTITY) WITH (autovacuum_enabled = off)",
            // Duplicates count from 10 MB, and dead rows from 10,000.
            $"INSERT INTO {Hostile} (name) SELECT md5(i::text) || md5((i + 1)::text) FROM generate_series(1, 130000) i",
            $"CREATE INDEX first ON {Hostile} (name)", $"CREATE INDEX second ON {Hostile} ( name)", $"CREATE INDEX other ON {Hostile} (name) WHERE value > 5",
            $"SELECT setval(pg_get_serial_sequence('{Hostile}', 'id'), 2000000000)",
            $"SELECT setval(pg_get_serial_sequence('{Hostile}', 'value'), 1900000000)",
            "CREATE SEQUENCE loose AS int", "SELECT setval('loose', 2147483647)", "CREATE TABLE u (id int DEFAULT nextval('loose'))",
            $"VACUUM ANALYZE {Hostile}", $"DELETE FROM {Hostile} WHERE id % 2 = 0");
        await FailToIndexAsync(playground);
        while (await playground.AskAsync("select max(n_dead_tup) from pg_stat_user_tables") is "0" or "")
        {
            await Task.Delay(50, Stopping);
        }

        var report = await ReportAsync(playground, asSuperuser: true);
        string[] ids = ["Health.DeadRows", "Health.DuplicateIndexes", "Health.InvalidIndexes", "Health.Sequences"];
        Assert.All(ids, id => Assert.Equal((id, id == "Health.Sequences" ? FindingStatus.Fail : FindingStatus.Warning), (id, Find(report, id).Status)));
        Assert.Equal("1 large index is the same as another one: public.second.", Find(report, "Health.DuplicateIndexes").Message);
        Assert.Equal("1 index is invalid: public.failed.", Find(report, "Health.InvalidIndexes").Message);
        Assert.Contains("public.u.id (100 %)", Find(report, "Health.Sequences").Message, StringComparison.Ordinal);
        Assert.Contains("autovacuum_enabled = off", Find(report, "Health.DeadRows").Evidence, StringComparison.Ordinal);
        foreach (var id in ids)
        {
            await FixAsync(playground, report, id);
        }

        var after = await ReportAsync(playground, asSuperuser: true);
        Assert.All(ids.Where(id => id != "Health.DeadRows"), id => Assert.Equal((id, FindingStatus.Pass), (id, Find(after, id).Status)));
        Assert.Equal("4", await playground.AskAsync("select count(*) from pg_index i join pg_class c on c.oid = i.indrelid where c.relname like 'a%' and i.indisvalid"));
        await playground.DoAsync($"INSERT INTO {Hostile} (name) VALUES ('x')");
        await playground.DoAsync("INSERT INTO u DEFAULT VALUES");
        // The counters arrive when the session tells of them.
        while (Find(await ReportAsync(playground, asSuperuser: true), "Health.DeadRows").Status != FindingStatus.Pass)
        {
            await playground.DoAsync($"VACUUM {Hostile}");
            await Task.Delay(100, Stopping);
        }
    }

    [Theory]
    [InlineData(14)]
    [InlineData(18)]
    public async Task Empty_space_is_estimated_and_never_too_high(int major)
    {
        await using var playground = await Playground.CreateAsync(
            await servers.GetAsync(major), "CREATE TABLE full_one (a bool, b bigint, c text, d int, e smallint)", "CREATE TABLE empty_one (a bool, b bigint, c text, d int, e smallint)",
            "INSERT INTO full_one SELECT true, i, repeat('x', i % 90), null, 5 FROM generate_series(1, 40000) i", "INSERT INTO empty_one SELECT true, i, 'text', 7, 5 FROM generate_series(1, 80000) i",
            "DELETE FROM empty_one WHERE b % 20 <> 0", "VACUUM ANALYZE full_one", "VACUUM ANALYZE empty_one");
        var tables = (await LookAsync(playground, asSuperuser: true)).Facts!.Objects.Facts!.LargestTables;
        var full = tables.Single(table => table.Name == "full_one");
        Assert.InRange((double)full.PackedBytes!.Value / full.HeapBytes, 1, 1.4);
        var empty = tables.Single(table => table.Name == "empty_one");
        Assert.InRange((double)empty.PackedBytes!.Value / empty.HeapBytes, 0.05, 0.1);
        // Who may not see the statistics gets no estimate.
        Assert.All((await LookAsync(playground)).Facts!.Objects.Facts!.LargestTables, table => Assert.Null(table.PackedBytes));
    }

    [Theory]
    [InlineData(14)]
    [InlineData(18)]
    public async Task Ids_that_run_out_and_collations_that_have_changed_are_mended(int major)
    {
        await using var playground = await Playground.CreateAsync(
            await servers.GetAsync(major), "CREATE TABLE old (id int, name text COLLATE \"de-x-icu\")", "CREATE INDEX i ON old (name)", "INSERT INTO old VALUES (1, 'a')",
            // As if the server had been at work since.
            "UPDATE pg_class SET relfrozenxid = (4294967296 + txid_current() - 600000000)::text::xid WHERE relname = 'old'",
            "UPDATE pg_database SET datfrozenxid = (4294967296 + txid_current() - 600000000)::text::xid WHERE datname = current_database()",
            "UPDATE pg_collation SET collversion = '1.0' WHERE collname = 'de-x-icu'");
        var report = await ReportAsync(playground, asSuperuser: true);
        Assert.Equal(FindingStatus.Warning, Find(report, "Health.TransactionIds").Status);
        Assert.StartsWith("-- Then check again: other tables may follow.\nVACUUM (FREEZE) \"public\".\"old\";", Find(report, "Health.TransactionIds").Fix!.Text, StringComparison.Ordinal);
        Assert.Equal("The server's libraries have other versions of 1 collation than the indexes were created with: pg_catalog.de-x-icu.", Find(report, "Health.IndexCollations").Message);
        await FixAsync(playground, report, "Health.TransactionIds");
        await FixAsync(playground, report, "Health.IndexCollations");
        var after = await ReportAsync(playground, asSuperuser: true);
        Assert.Equal((FindingStatus.Pass, FindingStatus.Pass), (Find(after, "Health.TransactionIds").Status, Find(after, "Health.IndexCollations").Status));
    }

    [Theory]
    [InlineData(14)]
    [InlineData(18)]
    public async Task A_slot_that_nobody_reads_is_found_and_dropped(int major)
    {
        await using var playground = await Playground.CreateAsync(await servers.GetAsync(major));
        var name = $"slot_{playground.Database}";
        await playground.AskAsync($"SELECT pg_create_physical_replication_slot('{name}', true)");
        try
        {
            var facts = (await LookAsync(playground, asSuperuser: true)).Facts!.Activity.Facts!;
            var slot = facts.Slots.Single(one => one.Name == name);
            Assert.Equal((false, "physical", true), (slot.Active, slot.Type, slot.RetainedBytes >= 0));
            var report = await ReportAsync(playground, asSuperuser: true, now => now with { Slots = [slot with { RetainedBytes = 20L << 30 }] });
            Assert.Equal(FindingStatus.Fail, Find(report, "Health.ReplicationSlots").Status);
            await FixAsync(playground, report, "Health.ReplicationSlots");
            Assert.DoesNotContain((await LookAsync(playground)).Facts!.Activity.Facts!.Slots, one => one.Name == name);
        }
        finally
        {
            await playground.AskAsync($"SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '{name}'");
        }
    }

    [Fact]
    public async Task Counts_of_traces_are_counted_only_where_it_is_cheap()
    {
        await using var playground = await Playground.CreateAsync(
            await servers.GetAsync(), "CREATE TABLE trace_count_transactions (id int, status varchar)", "INSERT INTO trace_count_transactions SELECT i, case when i <= 3 then 'failed' else 'sent' end FROM generate_series(1, 100) i");
        Assert.Equal(3, (await LookAsync(playground, asSuperuser: true)).Facts!.Traces.Facts!.Failed);
        await playground.DoAsync("UPDATE pg_class SET relpages = 20000 WHERE relname = 'trace_count_transactions'");
        Assert.Null((await LookAsync(playground, asSuperuser: true)).Facts!.Traces.Facts!.Failed);
        await playground.DoAsync("CREATE INDEX ON trace_count_transactions (status, id)");
        Assert.Equal(3, (await LookAsync(playground, asSuperuser: true)).Facts!.Traces.Facts!.Failed);
        // Comparing with a type of somebody's own would run what they wrote.
        await playground.DoAsync("ALTER TABLE trace_count_transactions ALTER COLUMN status TYPE bytea USING 'x'");
        Assert.Null((await LookAsync(playground, asSuperuser: true)).Facts!.Traces.Facts!.Failed);
    }

    [Fact]
    public async Task What_is_locked_or_refused_costs_its_own_findings_alone()
    {
        await using var playground = await Playground.CreateAsync(
            await servers.GetAsync(), "CREATE SEQUENCE s", "SELECT nextval('s')", "GRANT SELECT ON s TO {role}", "REVOKE EXECUTE ON FUNCTION pg_lock_status() FROM PUBLIC");
        await using var holder = await OpenAsync(playground);
        await DoAsync(holder, "BEGIN; ALTER SEQUENCE s RESTART; DROP SEQUENCE s");
        var facts = (await LookAsync(playground)).Facts!;
        Assert.Contains("pg_lock_status", facts.Activity.Error, StringComparison.Ordinal);
        Assert.Contains("pg_lock_status", facts.Objects.Error, StringComparison.Ordinal);
        Assert.Contains("lock timeout", facts.Sequences.Error, StringComparison.Ordinal);
        Assert.NotNull(facts.Traces.Facts);
        var report = HealthEvaluator.Evaluate(await LookAsync(playground), new(2026, 11, 30));
        Assert.Equal(FindingStatus.Pass, Find(report, "Health.Connections").Status);
        Assert.Equal(FindingStatus.Unknown, Find(report, "Health.Sequences").Status);
        await playground.DoAsync("GRANT EXECUTE ON FUNCTION pg_lock_status() TO PUBLIC");
    }

    // The real thing: a server that has used 700 million ids since a transaction was prepared.
    [Fact]
    public async Task What_a_prepared_transaction_holds_on_a_server_that_has_used_many_ids()
    {
        const string Tools = "/usr/lib/postgresql/15/bin";
        const long Segment = 667;
        Assert.SkipUnless(File.Exists($"{Tools}/pg_resetwal"), $"pg_resetwal 15 is not in {Tools}.");
        await using var server = await Sandbox.Tests.Servers.StartAsync(new()
        {
            Major = 15,
            Settings = new Dictionary<string, string> { ["autovacuum"] = "off", ["max_prepared_transactions"] = "2" },
        });
        await server.Connection().AskAsync("CREATE TABLE t (id int)");
        await using (var session = new NpgsqlConnection(server.Connection().ConnectionString))
        {
            await session.OpenAsync(Stopping);
            await DoAsync(session, "BEGIN");
            await DoAsync(session, "INSERT INTO t VALUES (1)");
            await DoAsync(session, "PREPARE TRANSACTION 'left over'");
        }

        await server.StopAsync(cancellationToken: Stopping);
        // The file that the server would have made on the way: 32 pages, each for 32,768 transactions.
        await RunAsServerAsync("dd", "if=/dev/zero", $"of={server.DataFolder}/pg_xact/{Segment:X4}", "bs=8192", "count=32");
        await RunAsServerAsync($"{Tools}/pg_resetwal", "-x", $"{Segment * 32 * 32_768}", "-D", server.DataFolder);
        await server.StartAgainAsync(Stopping);

        var connection = PgConnectionString.FromParts(new()
        {
            HostName = server.Host, Port = server.Port, Database = "postgres", UserName = server.SuperUserName, Password = Secret.From(server.SuperUserPassword), SslMode = LangSmithPg.Connections.SslMode.Disable,
        }).Require();
        var report = HealthEvaluator.Evaluate(await HealthCheck.LookAsync(connection, new(), Stopping), new(2026, 11, 30));
        Assert.Equal((FindingStatus.Warning, FindingStatus.Fail), (Find(report, "Health.TransactionIds").Status, Find(report, "Health.OldestTransaction").Status));
        Assert.EndsWith("because of prepared transaction left over.", Find(report, "Health.OldestTransaction").Message, StringComparison.Ordinal);
        await server.Connection().AskAsync("ROLLBACK PREPARED 'left over'");
        Assert.EndsWith("ROLLBACK PREPARED 'left over';", Find(report, "Health.OldestTransaction").Fix!.Text, StringComparison.Ordinal);
        Assert.Equal(FindingStatus.Pass, Find(HealthEvaluator.Evaluate(await HealthCheck.LookAsync(connection, new(), Stopping), new(2026, 11, 30)), "Health.OldestTransaction").Status);
    }

    // A build that has to wait for a transaction that goes on, and gives up.
    static async Task FailToIndexAsync(Playground playground)
    {
        await using var holder = await OpenAsync(playground);
        await DoAsync(holder, $"BEGIN; LOCK TABLE {Hostile} IN ROW EXCLUSIVE MODE");
        await playground.DoAsync("SET statement_timeout = '300ms'");
        await Assert.ThrowsAsync<PostgresException>(() => playground.DoAsync($"CREATE INDEX CONCURRENTLY failed ON {Hostile} (value)"));
        await playground.DoAsync("SET statement_timeout = 0");
    }

    static async Task RunAsServerAsync(string program, params string[] arguments)
    {
        // PostgreSQL's programs refuse root.
        string[] command = Environment.IsPrivilegedProcess ? ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", program, .. arguments] : [program, .. arguments];
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var errors = await process.StandardError.ReadToEndAsync(Stopping);
        await process.WaitForExitAsync(Stopping);
        Assert.True(process.ExitCode == 0, errors);
    }

    static async Task<NpgsqlConnection> OpenAsync(Playground playground)
    {
        // A connection does not tell its password once it was opened.
        var own = playground.Connection(asSuperuser: true);
        var session = new NpgsqlConnection(new NpgsqlConnectionStringBuilder
        {
            Host = own.Hosts[0].Name, Port = own.Hosts[0].Port, Username = own.UserName, Password = own.Password!.Reveal(), Database = own.Database, Pooling = false,
        }.ConnectionString);
        await session.OpenAsync(Stopping);
        return session;
    }

    static async Task DoAsync(NpgsqlConnection session, string sql)
    {
        await using var command = new NpgsqlCommand(sql, session);
        await command.ExecuteNonQueryAsync(Stopping);
    }

    // As psql runs it: statement by statement, as some cannot run in a transaction.
    static async Task FixAsync(Playground playground, ReadinessReport report, string id)
    {
        var fix = Find(report, id).Fix!;
        Assert.Equal((id, RemedyKind.Sql), (id, fix.Kind));
        foreach (var statement in StatementEnd().Split(fix.Text).Where(text => text.Trim().Length > 0))
        {
            await playground.DoAsync(statement);
        }
    }

    [System.Text.RegularExpressions.GeneratedRegex(@"(?<=;) *(?:--.*)?(?:\n|\z)")]
    private static partial System.Text.RegularExpressions.Regex StatementEnd();

    static Finding Find(ReadinessReport report, string id) => report.Findings.Single(finding => finding.Id == id);

    static Task<HealthLook> LookAsync(Playground playground, bool asSuperuser = false) =>
        HealthCheck.LookAsync(playground.Connection(asSuperuser: asSuperuser), new SessionOptions(), Stopping);

    static async Task<ReadinessReport> ReportAsync(Playground playground, bool asSuperuser = false, Func<ActivityFacts, ActivityFacts>? change = null)
    {
        var look = await LookAsync(playground, asSuperuser);
        var activity = look.Facts!.Activity;
        return HealthEvaluator.Evaluate(change is null ? look : look with { Facts = look.Facts with { Activity = activity with { Facts = change(activity.Facts!) } } }, new(2026, 11, 30));
    }
}
