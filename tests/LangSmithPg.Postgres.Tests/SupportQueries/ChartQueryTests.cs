using LangSmithPg.SupportQueries;

namespace LangSmithPg.Postgres.Tests.SupportQueries;

/// <summary>
/// LangChain's own support queries, run here and by psql on a database with the tables that they name. <c>LANGSMITH_SUPPORT_QUERIES</c> names the
/// folder of the chart that has them: scripts/support_queries/postgres.
/// </summary>
public sealed class ChartQueryTests(SharedServers servers)
{
    const string Variable = "LANGSMITH_SUPPORT_QUERIES";

    static readonly Dictionary<string, string> Variables = new()
    {
        ["customer_id"] = "it's", ["customer_name"] = @"a\b", ["backfill_id"] = "6f9619ff-8b86-d011-b42d-00c04fc964ff",
    };

    [Fact]
    public async Task They_do_what_they_do_in_psql()
    {
        var folder = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipUnless(Directory.Exists(folder), $"{Variable} names no folder with the chart's support queries.");
        var psql = Psql.Find();
        var tenant = await CreateAsync();
        string[] files = [.. Directory.GetFiles(folder, "*.sql").Order(StringComparer.Ordinal)];
        Assert.NotEmpty(files);
        List<string> writers = [];
        foreach (var file in files)
        {
            var script = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            var here = await Queries.RunAsync(tenant, script, Variables);
            if (here.Outcome.Problem is { } problem)
            {
                Assert.Equal(SupportQueryProblemKind.WriteNotAllowed, problem.Kind);
                writers.Add(Path.GetFileName(file));
                here = await Queries.RunAsync(tenant, script, Variables, allowsWrites: true, isConfirmed: false);
                here.ThrowIfFailed();
                Assert.NotEmpty(here.Asked!);
                continue;
            }

            // Two of them name columns that are not there.
            if (here.Outcome.Error is { } error)
            {
                Assert.Equal("42703", error.SqlState);
                continue;
            }

            var (shown, rows) = await Shown.ByPsqlAsync(psql, tenant, script, Variables);
            Assert.Equal(shown, here.Shown);
            Assert.Equal(rows, string.Concat(here.Rows.Select(row => $"{row}\n")));
            Assert.NotEmpty(here.Rows);
        }

        Assert.Equal(writers, files.Select(file => Path.GetFileName(file)!).Where(name => name.Contains("_backfill_", StringComparison.Ordinal) || name.Contains("_reset_", StringComparison.Ordinal)));

        // The statements of those that write, and what they leave.
        foreach (var name in writers)
        {
            var script = await File.ReadAllTextAsync(Path.Join(folder, name), TestContext.Current.CancellationToken);
            var (one, other) = (await CreateAsync(), await CreateAsync());
            var here = await Queries.RunAsync(one, script, Variables, allowsWrites: true);
            here.ThrowIfFailed();
            Assert.True(here.Outcome.IsCommitted);
            var (shown, rows) = await Shown.ByPsqlAsync(psql, other, script, Variables);
            Assert.Equal(Sent(shown), Sent(here.Shown));
            Assert.Equal(rows.Split('\n').Length - 1, here.Rows.Count);
            Assert.Equal(await other.AskAsync(State), await one.AskAsync(State));
        }
    }

    // Without the messages of the server, which psql shows elsewhere.
    static string Sent(string shown) => shown.Split("NOTICE:")[0].TrimEnd(' ', ';');

    const string State = """
        select (select string_agg(concat_ws(' ', id, status, num_failed_send_attempts, backfill_id is null, backfilled_at is null), ',' order by id) from trace_count_transactions)
            || (select string_agg(concat_ws(' ', id, reported_status, backfill_id is null, backfilled_at is null), ',' order by id) from remote_metrics)
        """;

    async Task<Tenant> CreateAsync()
    {
        var tenant = await Tenant.CreateAsync(await servers.GetAsync());
        await tenant.AskAsync("""
            create table organizations (id uuid, display_name text, is_personal bool);
            create table tenants (id uuid, display_name text, organization_id uuid);
            create table users (id uuid, email text, full_name text);
            create table identities (user_id uuid, organization_id uuid, tenant_id uuid);
            create table dataset (id uuid, tenant_id uuid);
            create table hub_repos (id uuid, tenant_id uuid);
            create table hub_commits (id uuid, repo_id uuid);
            create table tracer_session (id uuid, tenant_id uuid, reference_dataset_id uuid);
            create table agent_builder_usage (id uuid, from_timestamp timestamptz);
            create table usage_snapshots (id uuid, received_at timestamptz, counts jsonb);
            create table trace_count_transactions (id int, tenant_id uuid, session_id uuid, interval tstzrange, interval_start timestamptz, transaction_type text, trace_count int, status text,
                source text, insertion_time_range_start timestamptz, insertion_time_range_end timestamptz, num_failed_send_attempts int, backfill_id uuid, backfilled_at timestamptz, created_at timestamptz);
            create table remote_metrics (id int, from_timestamp timestamptz, to_timestamp timestamptz, received_at timestamptz, measures jsonb, tags text[], logs jsonb, reported_status text,
                num_failed_metronome_send_attempts int, tenant_id uuid, self_hosted_customer_id uuid, backfill_id uuid, backfilled_at timestamptz);
            insert into organizations select md5('o' || g)::uuid, 'Org "' || g || '" é', g = 3 from generate_series(1, 3) g;
            insert into tenants select md5('t' || g)::uuid, 'Workspace ' || g, md5('o' || g)::uuid from generate_series(1, 3) g;
            insert into users select md5('u' || g)::uuid, 'u' || g || '@example.com', 'User, ' || g from generate_series(1, 3) g;
            insert into identities select md5('u' || g)::uuid, md5('o' || g)::uuid, md5('t' || g)::uuid from generate_series(1, 3) g union all select md5('u1')::uuid, md5('o1')::uuid, null;
            insert into dataset select md5('d' || g)::uuid, md5('t1')::uuid from generate_series(1, 3) g;
            insert into hub_repos select md5('r' || g)::uuid, md5('t1')::uuid from generate_series(1, 3) g;
            insert into hub_commits select md5('c' || g)::uuid, md5('r1')::uuid from generate_series(1, 3) g;
            insert into agent_builder_usage values (md5('a')::uuid, '2026-08-01');
            insert into usage_snapshots values (md5('s')::uuid, '2026-08-01', '{"users": 3}');
            insert into trace_count_transactions select g, md5('t1')::uuid, null, tstzrange('2026-08-01', '2026-08-03'), '2026-08-01', 'longlived', g * 10, (array['failed', 'pending', 'sent'])[g % 3 + 1],
                'local', '2026-08-01 10:00+00', '2026-08-01 11:00+00', 3, case when g > 6 then '6f9619ff-8b86-d011-b42d-00c04fc964ff'::uuid end, null, timestamptz '2026-08-01' + g * interval '1 hour' from generate_series(1, 9) g;
            insert into remote_metrics select g, '2026-08-01', '2026-08-02', timestamptz '2026-08-02' + g * interval '1 hour', '{"n": 1.50}', '{a,"b c"}', null, 'pending', 0, md5('t1')::uuid, null,
                case when g > 2 then '6f9619ff-8b86-d011-b42d-00c04fc964ff'::uuid end, null from generate_series(1, 4) g;
            """);
        await tenant.AskAsync($"grant all on all tables in schema public to {tenant.QuotedRole}");
        return tenant;
    }
}
