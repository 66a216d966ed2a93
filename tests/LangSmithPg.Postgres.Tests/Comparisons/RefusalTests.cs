using LangSmithPg.Common;
using LangSmithPg.Comparisons;
using LangSmithPg.Servers;

namespace LangSmithPg.Postgres.Tests.Comparisons;

/// <summary>What cannot be read is not known, and nobody's code runs.</summary>
public sealed class RefusalTests(SharedServers servers)
{
    [Fact]
    public async Task What_the_role_may_not_read_is_not_known_and_the_rest_is_compared()
    {
        var pair = await Pair.CreateAsync(
            servers, 16, 18, "CREATE TABLE open (a int PRIMARY KEY); INSERT INTO open VALUES (1); CREATE TABLE closed (a serial); INSERT INTO closed DEFAULT VALUES",
            "CREATE TABLE filtered (a int); INSERT INTO filtered VALUES (1); ALTER TABLE filtered ENABLE ROW LEVEL SECURITY; CREATE POLICY none ON filtered USING (a > 1)");
        foreach (var tenant in new[] { pair.Reference, pair.Difference })
        {
            await tenant.AskAsync($"GRANT SELECT ON open, filtered TO {tenant.QuotedRole}");
        }

        await pair.Difference.AskAsync($"GRANT SELECT ON closed TO {pair.Difference.QuotedRole}");

        var (comparison, _) = await pair.CompareAsRolesAsync();

        Assert.Equal(
            [
                "public.closed: not compared. The role may not read it in the reference.",
                // Without a policy's rows, the sum would be true of a part alone.
                "public.filtered: not compared. 42501 query would be affected by row-level security policy for table \"filtered\"",
                "public.open: 1 row, equal",
            ],
            comparison!.Tables.Select(table => table.ToString()).Order(StringComparer.Ordinal));
        Assert.Contains("Sequence public.closed_a_seq: next value not readable, now not readable", comparison.Objects.Select(one => one.ToString()));
        Assert.False(comparison.IsEqual);
        Assert.Equal("not known: 2 tables, 1 object", comparison.Verdict);
        Assert.Equal(FindingStatus.Unknown, comparison.Findings.Single(finding => finding.Id == "Compare.Data").Status);
        await pair.Difference.AssertNobodyIsLeftAsync();
    }

    [Fact]
    public async Task Code_of_the_owner_does_not_run()
    {
        const string Planted =
            """
            CREATE TABLE ran (who text);
            CREATE FUNCTION ran() RETURNS text LANGUAGE plpgsql AS $$ BEGIN INSERT INTO public.ran VALUES (current_user); RETURN 'x'; END $$;
            CREATE TYPE bait AS ENUM ('a');
            CREATE FUNCTION as_text(bait) RETURNS text LANGUAGE sql AS 'SELECT public.ran()'; CREATE CAST (bait AS text) WITH FUNCTION as_text(bait) AS IMPLICIT;
            CREATE FUNCTION hashtextextended(text, bigint) RETURNS bigint LANGUAGE sql AS 'SELECT length(public.ran())::bigint';
            CREATE FUNCTION count(anyelement) RETURNS bigint LANGUAGE sql AS 'SELECT length(public.ran())::bigint';
            CREATE FUNCTION concat(bait) RETURNS text LANGUAGE sql AS 'SELECT public.ran()';
            CREATE TABLE trap (id int PRIMARY KEY, a bait); INSERT INTO trap VALUES (1, 'a')
            """;
        var pair = await Pair.CreateAsync(servers, 14, 18, Planted);
        foreach (var tenant in new[] { pair.Reference, pair.Difference })
        {
            await tenant.AskAsync($"ALTER DATABASE {tenant.QuotedDatabase} SET search_path = public, pg_catalog");
        }

        await pair.Difference.AskAsync("ALTER TYPE bait ADD VALUE 'b'");
        await pair.Difference.AskAsync("UPDATE public.trap SET a = 'b'");

        var table = Assert.Single((await pair.CompareAsync(new() { IsDetailed = true })).DifferentTables);

        Assert.Equal("id=1: a: 1 byte, now 1 byte", Assert.Single(table.Rows).ToString());
        Assert.Equal("0", await pair.Reference.AskAsync("SELECT pg_catalog.count(*) FROM public.ran"));
        Assert.Equal("0", await pair.Difference.AskAsync("SELECT pg_catalog.count(*) FROM public.ran"));
    }

    [Fact]
    public async Task A_table_that_is_locked_is_not_known_and_nothing_waits_for_it()
    {
        var pair = await Pair.CreateAsync(servers, 18, 18, "CREATE TABLE held (a int); CREATE TABLE free (a int)");
        await using var other = await pair.Difference.OpenAsync();
        await using var transaction = await other.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var held = new Npgsql.NpgsqlCommand("LOCK TABLE held", other, transaction))
        {
            await held.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var comparison = await pair.CompareAsync();

        Assert.Contains("55P03", Assert.Single(comparison.DifferentTables).Problem, StringComparison.Ordinal);
        Assert.Equal("not known: 1 table", comparison.Verdict);
    }

    [Fact]
    public async Task More_tables_than_the_server_has_room_for_locks_are_compared()
    {
        const int Count = 150;
        // The least that the server takes: 80 locks.
        await using var server = await Sandbox.Tests.Servers.StartAsync(new()
        {
            Settings = new Dictionary<string, string> { ["max_locks_per_transaction"] = "10", ["max_connections"] = "8" },
        });
        var (one, other) = (await Tenant.CreateAsync(server), await Tenant.CreateAsync(server));
        foreach (var chunk in Enumerable.Range(0, Count).Chunk(10))
        {
            var script = string.Join(';', chunk.Select(table => $"CREATE TABLE t{table} (id serial PRIMARY KEY, what text); INSERT INTO t{table} (what) VALUES ('x')"));
            await one.AskAsync(script);
            await other.AskAsync(script);
        }

        // With more sessions than the server has, too: there are fewer then.
        var comparison = await new Pair(one, other).CompareAsync(new() { Sessions = 8 });

        Assert.Equal([], comparison.DifferentTables.Select(table => table.Problem).Distinct());
        Assert.True(comparison.IsEqual, string.Join('\n', comparison.Findings));
        Assert.Equal(Count, comparison.Rows);
    }

    [Fact]
    public async Task Databases_of_other_encodings_are_compared_by_their_characters()
    {
        var server = await servers.GetAsync();
        var pair = await Pair.CreateAsync(servers, 18, 18);
        var latin = pair.Difference with { Database = $"{pair.Difference.Database}_latin" };
        await server.Connection().AskAsync($"CREATE DATABASE {latin.QuotedDatabase} ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
        foreach (var tenant in new[] { pair.Reference, latin })
        {
            await tenant.AskAsync("CREATE TABLE t (a text PRIMARY KEY); INSERT INTO t VALUES ('Zürich'), ('à'), ('z')");
        }

        var same = await (pair with { Difference = latin }).CompareAsync();
        Assert.True(same.IsEqual, string.Join('\n', same.Findings));
        Assert.Contains("Database database: encoding UTF8, now LATIN1", same.Objects.Select(one => one.ToString()));

        await latin.AskAsync("UPDATE t SET a = 'â' WHERE a = 'à'");
        var other = await (pair with { Difference = latin }).CompareAsync(new() { IsDetailed = true });
        Assert.Equal(["a=à: missing", "a=â: not in the reference"], Assert.Single(other.DifferentTables).Rows.Select(row => row.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Rows_that_change_meanwhile_are_told()
    {
        var pair = await Pair.CreateAsync(servers, 15, 16, "CREATE TABLE t (a int PRIMARY KEY); INSERT INTO t SELECT g FROM generate_series(1, 100) g");
        var isWritten = false;

        // Between the snapshot and the end.
        var comparison = await pair.CompareAsync(progress: progress =>
        {
            if (!isWritten && progress.DoneBytes > 0)
            {
                isWritten = true;
                pair.Reference.AskAsync("UPDATE t SET a = a + 1000; SELECT pg_stat_clear_snapshot()").GetAwaiter().GetResult();
                Thread.Sleep(1500);
            }
        });

        Assert.True(isWritten);
        // Of the moment of the snapshot.
        Assert.True(comparison.IsEqual, string.Join('\n', comparison.Findings));
        Assert.True(comparison.IsReferenceWritten);
        Assert.False(comparison.IsDifferenceWritten);
        Assert.Equal(FindingStatus.Warning, comparison.Findings.Single(finding => finding.Id == "Compare.Written").Status);
    }

    [Fact]
    public async Task Where_a_session_is_ended_the_others_do_its_work()
    {
        var script = string.Join(';', Enumerable.Range(0, 120).Select(number => $"CREATE TABLE t{number} (a int PRIMARY KEY); INSERT INTO t{number} VALUES ({number})"));
        var pair = await Pair.CreateAsync(servers, 16, 18, script);
        var ended = "";

        // Not the first, which has the snapshot.
        var comparison = await pair.CompareAsync(new() { Sessions = 3 }, progress =>
        {
            if (ended.Length == 0 && progress.DoneBytes > 0)
            {
                ended = pair.Reference.AskAsync(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'LangSmithPg' ORDER BY backend_start DESC LIMIT 1")
                    .GetAwaiter().GetResult();
            }
        });

        Assert.Equal("True", ended);
        Assert.True(comparison.IsEqual, string.Join('\n', comparison.Findings));
        Assert.Equal(120, comparison.Rows);
    }

    [Fact]
    public async Task Large_tables_are_compared_in_a_sample_that_both_choose()
    {
        var pair = await Pair.CreateAsync(servers, 14, 18, "CREATE TABLE t (id int PRIMARY KEY, a text); INSERT INTO t SELECT g, md5(g::text) FROM generate_series(1, 5000) g");
        var request = new ComparisonRequest { SampleAbove = 1, SamplePercent = 10 };

        Assert.Equal("public.t: 5,000 rows, equal in a sample of 10 %", Assert.Single((await pair.CompareAsync(request)).Tables).ToString());
        // Every row is counted.
        await pair.Difference.AskAsync("DELETE FROM t WHERE id = 77");
        Assert.Equal("public.t: 4,999 rows in place of 5,000 rows", Assert.Single((await pair.CompareAsync(request)).Tables).ToString());
        await pair.Difference.AskAsync("INSERT INTO t SELECT 77, md5('77'); UPDATE t SET a = a || 'x' WHERE id % 10 = 0");
        Assert.Equal(FindingStatus.Fail, Assert.Single((await pair.CompareAsync(request)).Tables).Status);
    }

    [Fact]
    public async Task What_an_earlier_run_found_equal_is_read_again_only_if_it_has_changed()
    {
        // Statistics come a moment later.
        var pair = await Pair.CreateAsync(
            servers, 14, 18, "CREATE TABLE one (a int PRIMARY KEY); INSERT INTO one SELECT g FROM generate_series(1, 10) g", "CREATE TABLE two (a int PRIMARY KEY); INSERT INTO two VALUES (1)",
            "CREATE TABLE other (a int PRIMARY KEY)");
        await pair.Difference.AskAsync("INSERT INTO other VALUES (5)");
        await SettleAsync(pair);
        List<KnownTable> recorded = [];
        var first = await pair.CompareAsync(new() { Record = recorded.Add });
        Assert.Equal(["public.one", "public.two"], recorded.Select(table => table.Name).Order(StringComparer.Ordinal));
        Assert.False(first.IsEqual);

        await pair.Reference.AskAsync("UPDATE two SET a = 2");
        await SettleAsync(pair);
        var known = KnownTable.Read(string.Join('\n', recorded.Select(table => table.ToLine())) + "\n{\"name\":\"public.cu");
        List<string> read = [];
        var second = await pair.CompareAsync(new() { Known = known }, progress => read.Add(progress.Activity));

        Assert.Equal(["public.other", "public.two"], second.DifferentTables.Select(table => table.Name).Order(StringComparer.Ordinal));
        Assert.Equal(known["public.one"].At, second.Tables.Single(table => table.Name == "public.one").ComparedAt);
        Assert.Equal(10, second.Tables.Single(table => table.Name == "public.one").ReferenceRows);
        Assert.DoesNotContain("Reading public.one", read);
        Assert.Contains("Reading public.two", read);
    }

    // Until the server counts what was written.
    static async Task SettleAsync(Pair pair)
    {
        foreach (var tenant in new[] { pair.Reference, pair.Difference })
        {
            var before = "";
            for (var same = 0; same < 3;)
            {
                await Task.Delay(500, TestContext.Current.CancellationToken);
                var now = await tenant.AskAsync("SELECT sum(n_tup_ins) || ' ' || sum(n_tup_upd) FROM pg_stat_user_tables");
                same = now == before ? same + 1 : 0;
                before = now;
            }
        }
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_is_the_failure_of_its_side()
    {
        var pair = await Pair.CreateAsync(servers, 18, 18, "CREATE TABLE t (a int)");
        var (comparison, failed) = await Postgres.Comparisons.ComparisonRun.RunAsync(
            Pair.Connection(pair.Reference), Pair.Connection(pair.Difference with { Database = "nowhere" }), new(), _ => new(), _ => { }, TestContext.Current.CancellationToken);

        Assert.Null(comparison);
        Assert.Equal(ConnectionFailureKind.DatabaseNotFound, failed!.Failure!.Kind);
        Assert.EndsWith("/nowhere", failed.Connection.Target, StringComparison.Ordinal);
        await pair.Reference.WaitForAsync("application_name = 'LangSmithPg'", expected: 0);
    }
}
