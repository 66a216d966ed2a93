using LangSmithPg.Postgres.Ownership;
using LangSmithPg.Postgres.Tests.Rehearsals;
using LangSmithPg.Servers;
using Npgsql;

namespace LangSmithPg.Postgres.Tests.Ownership;

[Collection("Quiet servers")]
public sealed class OwnerTransferTests(QuietServers servers)
{
    [Theory]
    [MemberData(nameof(Transfers.Majors), MemberType = typeof(Transfers))]
    public async Task Everything_changes_hands_as_the_new_owner_does_it(int major)
    {
        await using var playground = await Playground.CreateAsync(await servers.GetAsync(major), [.. Transfers.Everything, "GRANT {other} TO {role}"]);
        var connection = playground.Connection(Transfers.Schema);
        var transfer = await Transfers.RunAsync(connection, playground.Request());
        Assert.Null(transfer.Error);
        Assert.Equal(transfer.Plan.Steps.Count, transfer.Done);
        Assert.Equal("", await playground.AskAsync(Transfers.Left));
        Assert.Equal(["citext"], transfer.Plan.Objects.Where(one => one.Kind == "extension").Select(one => one.Identity));
        Assert.Contains(transfer.Proof, probe => probe.Table == "\"a \"\"b\".runs");
        Assert.All(transfer.Proof, probe => Assert.Null(probe.Error));
        Assert.Equal($"REVOKE \"{playground.Other}\" FROM \"{playground.Role}\";", transfer.Next);

        await playground.DoAsync(transfer.Next!);
        Assert.Equal(
            [true, true, true, true],
            await Playground.ReallyDoAsync(connection, ["ALTER TABLE runs ADD COLUMN migrated int", "CREATE INDEX ON parts (id)", "DROP TYPE mood", "CREATE TABLE born ()"]));
        Assert.Equal("True", await playground.AskAsync("SELECT has_table_privilege('pg_monitor', '\"a \"\"b\".born', 'SELECT')"));
        Assert.Equal("1", await playground.AskAsync("SELECT count(*) FROM \"a \"\"b\".runs"));

        Assert.Equal("permission denied for schema a \"b", await RefusalAsync(playground, "SELECT FROM \"a \"\"b\".runs"));
        await playground.DoAsync("GRANT USAGE ON SCHEMA \"a \"\"b\" TO {other}; GRANT ALL ON ALL TABLES IN SCHEMA \"a \"\"b\" TO {other}");
        Assert.Equal("must be owner of table runs", await RefusalAsync(playground, "ALTER TABLE \"a \"\"b\".runs ADD COLUMN back int"));

        var again = await Transfers.RunAsync(connection, playground.Request());
        Assert.True(again.Plan.IsEmpty, string.Join('\n', again.Plan.Steps));
    }

    [Theory]
    [MemberData(nameof(Transfers.Majors), MemberType = typeof(Transfers))]
    public async Task The_database_moves_along_without_CREATEDB(int major)
    {
        await using var playground = await Playground.CreateAsync(
            await servers.GetAsync(major), "ALTER DATABASE {database} OWNER TO {other}", "GRANT CREATE ON SCHEMA public TO {role}", "GRANT {other} TO {role}");
        var transfer = await Transfers.RunAsync(playground.Connection(), playground.Request());
        Assert.Null(transfer.Error);
        Assert.Equal("database", Assert.Single(transfer.Plan.Objects).Kind);
        Assert.Equal(playground.Role, await playground.AskAsync("SELECT datdba::regrole::text FROM pg_database WHERE datname = current_database()"));
    }

    [Fact]
    public async Task Whoever_gets_the_database_may_own_what_is_in_public()
    {
        await using var playground = await Playground.CreateAsync(
            await servers.GetAsync(), "ALTER ROLE {role} CREATEDB", "ALTER DATABASE {database} OWNER TO {other}", "CREATE TABLE runs (id int)", "ALTER TABLE runs OWNER TO {other}",
            "GRANT {other} TO {role}");
        Assert.Null((await Transfers.RunAsync(playground.Connection(), playground.Request())).Error);
        Assert.Equal("", await playground.AskAsync(Transfers.Left));
    }

    [Fact]
    public async Task A_lock_on_any_object_leaves_everything_as_it_was()
    {
        await using var playground = await Playground.CreateAsync(await servers.GetAsync(), [.. Transfers.Everything, "GRANT {other} TO {role}"]);
        var before = await playground.SnapshotAsync();
        foreach (var (kind, relation) in new[]
            {
                ("TABLE", "parts"), ("TABLE", "\"part \"\"1\""), ("TABLE", "runs"), ("MATERIALIZED VIEW", "counted"), ("VIEW", "seen"), ("SEQUENCE", "alone"), ("FOREIGN TABLE", "abroad"),
            })
        {
            await playground.DoAsync($"BEGIN; COMMENT ON {kind} \"a \"\"b\".{relation} IS 'held'");
            var transfer = await Transfers.RunAsync(playground.Connection(Transfers.Schema), playground.Request(), TimeSpan.FromMilliseconds(100));
            await playground.DoAsync("ROLLBACK");
            Assert.Equal(ServerErrorKind.Locked, transfer.Error?.Kind);
            Assert.Contains($"{kind} \"a \"\"b\".{relation} OWNER", transfer.FailedStatement, StringComparison.Ordinal);
            Assert.Equal("No ownership was changed.", transfer.Outcome);
            Assert.Equal(before, await playground.SnapshotAsync());
        }
    }

    [Theory]
    [MemberData(nameof(Transfers.Majors), MemberType = typeof(Transfers))]
    public async Task A_refusal_at_any_statement_leaves_everything_as_it_was(int major)
    {
        await using var playground = await Playground.CreateAsync(
            await servers.GetAsync(major), [.. Transfers.Everything, "GRANT {other} TO {role}", "CREATE SEQUENCE commands", "GRANT USAGE ON commands TO PUBLIC", "CREATE TABLE refused (at int)", "GRANT SELECT ON refused TO PUBLIC",
            "INSERT INTO refused VALUES (0)",
            """
            CREATE FUNCTION refuse() RETURNS event_trigger LANGUAGE plpgsql AS
            $$ BEGIN IF nextval('public.commands') >= (SELECT at FROM public.refused) THEN RAISE 'not this one'; END IF; END $$
            """,
            "CREATE EVENT TRIGGER guard ON ddl_command_start EXECUTE FUNCTION refuse()"]);
        var connection = playground.Connection(Transfers.Schema);
        var steps = (await Transfers.PlanAsync(connection, playground.Request())).Steps.Where(one => !one.Statement.StartsWith("ALTER PUBLICATION", StringComparison.Ordinal)).ToList();
        var before = await playground.SnapshotAsync();
        foreach (var at in new[] { 1, 2, steps.Count / 2, steps.Count - 3 })
        {
            await playground.DoAsync($"SELECT setval('commands', 1, false); TRUNCATE refused; INSERT INTO refused VALUES ({at})");
            var transfer = await Transfers.RunAsync(connection, playground.Request());
            Assert.Equal("not this one", transfer.Error?.Message);
            Assert.Contains(transfer.FailedStatement, steps.Select(step => step.Statement));
            Assert.Equal(0, transfer.Done);
        }

        Assert.Equal(before["pg_shdepend"], (await playground.SnapshotAsync())["pg_shdepend"]);
        await playground.DoAsync("DROP EVENT TRIGGER guard");
        Assert.Null((await Transfers.RunAsync(connection, playground.Request())).Error);
    }

    [Fact]
    public async Task Nothing_outside_is_touched_for_the_sake_of_an_extension()
    {
        await using var playground = await Playground.CreateAsync(
            await servers.GetAsync(),
            [.. Transfers.Everything, "CREATE SCHEMA other_app AUTHORIZATION {other}", "SET ROLE {other}", "CREATE TABLE other_app.theirs ()", "RESET ROLE", "GRANT {other} TO {role}"]);
        var name = $"{playground.Database}_2";
        await playground.DoAsync($"CREATE DATABASE {name} OWNER {{other}}");
        var connection = playground.Connection(Transfers.Schema);
        var transfer = await Transfers.RunAsync(connection, playground.Request());
        Assert.Null(transfer.Error);
        Assert.DoesNotContain(transfer.Plan.Steps, step => step.Statement.StartsWith("REASSIGN", StringComparison.Ordinal));
        Assert.Contains(transfer.Plan.Remarks, remark => remark.StartsWith("extension citext stays", StringComparison.Ordinal));
        Assert.Contains(transfer.Plan.Remarks, remark => remark.Contains($"database {name}", StringComparison.Ordinal));
        Assert.Contains(transfer.Plan.Remarks, remark => remark.Contains("other_app.theirs", StringComparison.Ordinal));
        Assert.Equal(playground.Other, await playground.AskAsync($"SELECT datdba::regrole::text FROM pg_database WHERE datname = '{name}'"));
        Assert.Equal(playground.Other, await playground.AskAsync("SELECT relowner::regrole::text FROM pg_class WHERE relname = 'theirs'"));

        await playground.DoAsync($"DROP DATABASE {name}");
        Assert.Null((await Transfers.RunAsync(connection, playground.Request() with { AllSchemas = true })).Error);
        Assert.Equal("", await playground.AskAsync(Transfers.Left));
    }

    static async Task<string> RefusalAsync(Playground playground, string sql)
    {
        await playground.DoAsync("SET ROLE {other}");
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => playground.DoAsync(sql));
        await playground.DoAsync("RESET ROLE");
        return refusal.MessageText;
    }

    [Theory]
    [InlineData(16)]
    [InlineData(18)]
    public async Task Whoever_created_the_new_owner_hands_over_to_it_and_is_no_member_afterwards(int major)
    {
        // As on a cloud: LangSmith ran as the admin, who now makes a role for it.
        await using var playground = await Playground.CreateAsync(
            await servers.GetAsync(major), "ALTER ROLE {role} CREATEROLE", "ALTER DATABASE {database} OWNER TO {role}", "SET ROLE {role}", "CREATE ROLE {role}_iam",
            "GRANT CREATE ON DATABASE {database} TO {role}_iam", "GRANT CREATE ON SCHEMA public TO {role}_iam", "CREATE TABLE runs (id bigserial)", "CREATE TYPE mood AS ENUM ('good')", "RESET ROLE");
        var connection = playground.Connection();
        var plan = await Transfers.PlanAsync(connection, new(playground.Role, $"{playground.Role}_iam"));
        Assert.Empty(plan.Problems);
        var (look, transfer) = await OwnerTransfer.RunAsync(connection, plan, TimeSpan.FromSeconds(2), new(), _ => { }, TestContext.Current.CancellationToken);
        Assert.Null(look.Failure);
        Assert.True(transfer!.Error is null, $"{transfer.Outcome} {transfer.FailedStatement} {transfer.Error}");
        Assert.Equal($"{playground.Role}_iam", await playground.AskAsync("SELECT pg_get_userbyid(relowner) FROM pg_class WHERE relname = 'runs'"));
        Assert.Equal("f", await playground.AskAsync("SELECT bool_or(set_option OR inherit_option)::text::char(1) FROM pg_auth_members WHERE roleid = '{role}_iam'::regrole AND member = '{role}'::regrole"));
    }
}
