using LangSmithPg.Connections;
using LangSmithPg.Ownership;
using LangSmithPg.Postgres.Tests.Rehearsing;
using LangSmithPg.Postgres.Transferring;
using LangSmithPg.Servers;

namespace LangSmithPg.Postgres.Tests.Transferring;

[Collection("Quiet servers")]
public sealed class OwnerTransferTests(QuietServers servers)
{
    const string Left = """
        SELECT coalesce(string_agg(pg_describe_object(classid, objid, objsubid), ', '), '') FROM pg_shdepend
        WHERE deptype = 'o' AND refclassid = 'pg_authid'::regclass AND refobjid = '{other}'::regrole
          AND dbid IN (0, (SELECT oid FROM pg_database WHERE datname = current_database())) AND classid <> 'pg_default_acl'::regclass
        """;

    // Everything in a schema that can have an owner without a superuser's help, and what is in none.
    static readonly string[] Everything =
    [
        "GRANT CREATE ON DATABASE {database} TO {other}",
        "GRANT CREATE ON DATABASE {database} TO {role}",
        "SET ROLE {other}",
        "CREATE SCHEMA \"a \"\"b\"",
        "SET search_path TO \"a \"\"b\"",
        "CREATE TABLE runs (id bigserial PRIMARY KEY, other int GENERATED ALWAYS AS IDENTITY, \"a text\" text UNIQUE)",
        "CREATE TABLE parts (id int, at date) PARTITION BY LIST (id)",
        "CREATE TABLE \"part \"\"1\" PARTITION OF parts DEFAULT",
        "CREATE INDEX ON parts (at)",
        "CREATE VIEW seen AS SELECT id FROM runs",
        "CREATE MATERIALIZED VIEW counted AS SELECT count(*) AS runs FROM runs",
        "CREATE SEQUENCE alone",
        "CREATE TYPE mood AS ENUM ('good')",
        "CREATE TYPE pair AS (a int, b int)",
        "CREATE TYPE span AS RANGE (subtype = int4)",
        "CREATE DOMAIN positive AS int CHECK (value > 0)",
        "CREATE FUNCTION twice(int, \"Text\" text DEFAULT '') RETURNS int LANGUAGE sql AS 'SELECT $1 * 2'",
        "CREATE PROCEDURE nothing() LANGUAGE sql AS ''",
        "CREATE AGGREGATE total(int) (SFUNC = int4pl, STYPE = int)",
        "CREATE AGGREGATE every_row(*) (SFUNC = int8inc, STYPE = bigint, INITCOND = '0')",
        "CREATE OPERATOR <+> (LEFTARG = int, RIGHTARG = int, FUNCTION = int4pl)",
        "CREATE COLLATION plain FROM \"C\"",
        "CREATE STATISTICS shape ON id, other FROM runs",
        "CREATE TEXT SEARCH CONFIGURATION words (COPY = pg_catalog.simple)",
        "CREATE TEXT SEARCH DICTIONARY book (TEMPLATE = pg_catalog.simple)",
        "SELECT lo_create(0)",
        "CREATE PUBLICATION news FOR TABLE runs",
        "CREATE EXTENSION citext",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA \"a \"\"b\" GRANT SELECT ON TABLES TO PUBLIC",
        "ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC",
        "INSERT INTO runs (\"a text\") VALUES ('kept')",
        "RESET ROLE",
        "CREATE OPERATOR FAMILY kin USING btree",
        "ALTER OPERATOR FAMILY kin USING btree OWNER TO {other}",
        "CREATE FOREIGN DATA WRAPPER wrapper",
        "GRANT USAGE ON FOREIGN DATA WRAPPER wrapper TO PUBLIC",
        "CREATE SERVER far FOREIGN DATA WRAPPER wrapper",
        "ALTER SERVER far OWNER TO {other}",
        "CREATE FOREIGN TABLE abroad (id int) SERVER far",
        "ALTER FOREIGN TABLE abroad OWNER TO {other}",
        "RESET search_path",
    ];

    static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(2);

    public static readonly TheoryData<int> Majors = [14, 16, 18];

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Majors))]
    public async Task Everything_changes_hands_as_the_new_owner_does_it(int major)
    {
        await using var playground = await Playground.CreateAsync(await servers.GetAsync(major), [.. Everything, "GRANT {other} TO {role}"]);
        var connection = playground.Connection("a \"b");
        var transfer = await TransferAsync(connection, Request(playground));
        Assert.Null(transfer.Error);
        Assert.Equal(transfer.Plan.Steps.Count, transfer.Done);
        Assert.Equal("", await playground.AskAsync(Left));
        Assert.Equal(["citext"], transfer.Plan.Objects.Where(one => one.Kind == "extension").Select(one => one.Identity));
        Assert.Contains(transfer.Proof, probe => probe.Table == "\"a \"\"b\".runs");
        Assert.All(transfer.Proof, probe => Assert.Null(probe.Error));
        Assert.Equal($"REVOKE \"{playground.Other}\" FROM \"{playground.Role}\";", transfer.Next);

        await playground.DoAsync(transfer.Next!);
        Assert.Equal(
            [true, true, true, true],
            await Playground.ReallyDoAsync(connection, ["ALTER TABLE runs ADD COLUMN migrated int", "CREATE INDEX ON parts (id)", "DROP TYPE mood", "CREATE TABLE born ()"]));
        Assert.Equal("must be owner of table runs", await Refusal(playground, "SET ROLE {other}; ALTER TABLE \"a \"\"b\".runs ADD COLUMN back int"));
        Assert.Equal("t", await Truth(playground, "has_table_privilege('pg_monitor', '\"a \"\"b\".born', 'SELECT')"));
        Assert.Equal("1", await playground.AskAsync("SELECT count(*) FROM \"a \"\"b\".runs"));

        var again = await TransferAsync(connection, Request(playground));
        Assert.True(again.Plan.IsEmpty, string.Join('\n', again.Plan.Steps));
        Assert.Null(again.Error);
        await playground.DoAsync("DROP OWNED BY {other}; DROP OWNED BY {role} CASCADE");
    }

    [Theory]
    [MemberData(nameof(Majors))]
    public async Task Who_lacks_something_is_told_what_and_it_is_enough(int major)
    {
        await using var playground = await Playground.CreateAsync(
            await servers.GetAsync(major), "ALTER ROLE {role} NOINHERIT", "CREATE TABLE runs (id int)", "ALTER TABLE runs OWNER TO {other}", "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
            major < 16 ? "ALTER ROLE {role} INHERIT" : "GRANT {other} TO {role}");
        var plan = await PlanAsync(playground.Connection(), Request(playground));
        Assert.Equal([OwnershipProblemKind.NotOldOwner, OwnershipProblemKind.SchemaClosed], plan.Problems.Select(one => one.Kind));
        var before = await playground.SnapshotAsync();
        Assert.Equal(0, (await TransferAsync(playground.Connection(), Request(playground))).Done);
        Assert.Equal(before, await playground.SnapshotAsync());

        foreach (var problem in plan.Problems)
        {
            await playground.DoAsync(problem.Fix.Split("\n--")[0].Split(" --")[0]);
        }

        Assert.Null((await TransferAsync(playground.Connection(), Request(playground))).Error);
        Assert.Equal(playground.Role, await playground.AskAsync("SELECT relowner::regrole::text FROM pg_class WHERE relname = 'runs'"));
    }

    [Theory]
    [MemberData(nameof(Majors))]
    public async Task An_admin_who_is_no_superuser_needs_both_roles_from_16_on_in_so_many_words(int major)
    {
        await using var playground = await Playground.CreateAsync(
            await servers.GetAsync(major), "CREATE ROLE \"New {role}\"", "CREATE TABLE runs (id int)", "ALTER TABLE runs OWNER TO {other}",
            "GRANT CREATE ON SCHEMA public TO \"New {role}\"", "ALTER ROLE {role} CREATEROLE",
            major < 16 ? "SELECT" : "GRANT {other}, \"New {role}\" TO {role} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE");
        var request = new OwnershipRequest(playground.Other, $"New {playground.Role}");
        var plan = await PlanAsync(playground.Connection(), request);
        Assert.Equal([OwnershipProblemKind.NotOldOwner, OwnershipProblemKind.NotNewOwner], plan.Problems.Select(one => one.Kind));
        var fixes = plan.Problems.Select(one => one.Fix).ToList();
        Assert.StartsWith($"GRANT \"New {playground.Role}\" TO \"{playground.Role}\"", fixes[1], StringComparison.Ordinal);
        // By the admin itself, who has no more than the right to grant.
        Assert.Equal([true], await Playground.ReallyDoAsync(playground.Connection(), [fixes[1]]));
        await playground.DoAsync(Statement((await PlanAsync(playground.Connection(), request)).Problems.Single()));
        var transfer = await TransferAsync(playground.Connection(), request);
        Assert.Null(transfer.Error);
        Assert.Null(transfer.Next);
        await playground.DoAsync("DROP OWNED BY \"New {role}\" CASCADE; DROP ROLE \"New {role}\"");
    }

    [Fact]
    public async Task A_refusal_at_any_object_leaves_everything_as_it_was()
    {
        await using var playground = await Playground.CreateAsync(await servers.GetAsync(), [.. Everything, "GRANT {other} TO {role}"]);
        var before = await playground.SnapshotAsync();
        foreach (var (kind, relation) in new[]
            {
                ("TABLE", "parts"), ("TABLE", "\"part \"\"1\""), ("TABLE", "runs"), ("MATERIALIZED VIEW", "counted"), ("VIEW", "seen"), ("SEQUENCE", "alone"), ("FOREIGN TABLE", "abroad"),
            })
        {
            await playground.DoAsync($"BEGIN; COMMENT ON {kind} \"a \"\"b\".{relation} IS 'held'");
            var transfer = await TransferAsync(playground.Connection("a \"b"), Request(playground), TimeSpan.FromMilliseconds(100));
            await playground.DoAsync("ROLLBACK");
            Assert.Equal(ServerErrorKind.Locked, transfer.Error?.Kind);
            Assert.Contains(relation, transfer.FailedStatement, StringComparison.Ordinal);
            Assert.Equal(0, transfer.Done);
            Assert.Equal(before, await playground.SnapshotAsync());
        }

        await playground.DoAsync("DROP OWNED BY {other} CASCADE");
    }

    [Fact]
    public async Task Nothing_outside_is_touched_for_the_sake_of_an_extension()
    {
        await using var playground = await Playground.CreateAsync(
            await servers.GetAsync(), [.. Everything, "CREATE SCHEMA other_app AUTHORIZATION {other}", "SET ROLE {other}", "CREATE TABLE other_app.theirs ()", "RESET ROLE", "GRANT {other} TO {role}"]);
        var name = $"{playground.Database}_2";
        await playground.DoAsync($"CREATE DATABASE {name} OWNER {{other}}");
        var transfer = await TransferAsync(playground.Connection("a \"b"), Request(playground));
        Assert.Null(transfer.Error);
        Assert.Contains(transfer.Plan.Remarks, remark => remark.Contains("extension citext", StringComparison.Ordinal) && remark.Contains(name, StringComparison.Ordinal));
        Assert.Equal(playground.Other, await playground.AskAsync($"SELECT datdba::regrole::text FROM pg_database WHERE datname = '{name}'"));
        Assert.Equal(playground.Other, await playground.AskAsync("SELECT relowner::regrole::text FROM pg_class WHERE relname = 'theirs'"));

        await playground.DoAsync($"DROP DATABASE {name}");
        var all = await TransferAsync(playground.Connection("a \"b"), Request(playground) with { AllSchemas = true });
        Assert.Null(all.Error);
        Assert.Equal("", await playground.AskAsync(Left));
        await playground.DoAsync("DROP OWNED BY {other}; DROP OWNED BY {role} CASCADE");
    }

    [Theory]
    [MemberData(nameof(Majors))]
    public async Task The_database_moves_along_without_CREATEDB(int major)
    {
        await using var playground = await Playground.CreateAsync(
            await servers.GetAsync(major), "ALTER DATABASE {database} OWNER TO {other}", "GRANT CREATE ON SCHEMA public TO {role}", "GRANT {other} TO {role}");
        var transfer = await TransferAsync(playground.Connection(), Request(playground));
        Assert.Null(transfer.Error);
        Assert.Equal("database", Assert.Single(transfer.Plan.Objects).Kind);
        Assert.Equal(playground.Role, await playground.AskAsync("SELECT datdba::regrole::text FROM pg_database WHERE datname = current_database()"));
    }

    [Fact]
    public async Task Roles_of_the_server_and_the_clouds_are_refused()
    {
        await using var playground = await Playground.CreateAsync(await servers.GetAsync());
        foreach (var (from, to, kind) in new[]
            {
                ((await servers.GetAsync()).SuperUserName, playground.Role, OwnershipProblemKind.SystemRole),
                ("pg_monitor", playground.Role, OwnershipProblemKind.SystemRole),
                (playground.Other, "pg_monitor", OwnershipProblemKind.SystemRole),
                ("no such role", playground.Role, OwnershipProblemKind.RoleMissing),
                (playground.Other, playground.Role.ToUpperInvariant(), OwnershipProblemKind.RoleMissing),
                (playground.Role, playground.Role, OwnershipProblemKind.SameRole),
            })
        {
            Assert.Equal(kind, Assert.Single((await PlanAsync(playground.Connection(asSuperuser: true), new(from, to))).Problems).Kind);
        }
    }

    static OwnershipRequest Request(Playground playground) => new(playground.Other, playground.Role);

    static string Statement(OwnershipProblem problem) => problem.Fix.Split('\n')[0].Split(" --")[0];

    static async Task<OwnershipPlan> PlanAsync(PgConnectionString connection, OwnershipRequest request)
    {
        var (look, plan) = await OwnerTransfer.PlanAsync(connection, request, new(), Cancellation);
        Assert.Null(look.Failure);
        return plan!;
    }

    static async Task<OwnershipTransfer> TransferAsync(PgConnectionString connection, OwnershipRequest request, TimeSpan? lockTimeout = null)
    {
        var (look, transfer) = await OwnerTransfer.RunAsync(connection, request, lockTimeout ?? LockTimeout, new(), (_, _) => { }, Cancellation);
        Assert.Null(look.Failure);
        return transfer!;
    }

    static async Task<string> Refusal(Playground playground, string sql)
    {
        var refusal = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => playground.DoAsync(sql));
        await playground.DoAsync("RESET ROLE");
        return refusal.MessageText;
    }

    static async Task<string> Truth(Playground playground, string sql) => await playground.AskAsync($"SELECT ({sql})::text") == "true" ? "t" : "f";
}
