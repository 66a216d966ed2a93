using LangSmithPg.Connections;
using LangSmithPg.Ownership;
using LangSmithPg.Postgres.Ownership;
using LangSmithPg.Postgres.Tests.Rehearsals;

namespace LangSmithPg.Postgres.Tests.Ownership;

/// <summary>Plans and transfers, and what there is to hand over.</summary>
static class Transfers
{
    public const string Schema = "a \"b";

    /// <summary>What a role still owns in its database.</summary>
    public const string Left = """
        SELECT coalesce(string_agg(pg_describe_object(classid, objid, objsubid), ', '), '') FROM pg_shdepend
        WHERE deptype = 'o' AND refclassid = 'pg_authid'::regclass AND refobjid = '{other}'::regrole
          AND dbid IN (0, (SELECT oid FROM pg_database WHERE datname = current_database())) AND classid <> 'pg_default_acl'::regclass
        """;

    /// <summary>The versions with role rules of their own, and the newest.</summary>
    public static readonly TheoryData<int> Majors = [14, 16, 18];

    /// <summary>Everything in a schema that can have an owner without a superuser's help, and what is in none.</summary>
    public static readonly string[] Everything =
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

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>From the role that owned to the one that connects.</summary>
    public static OwnershipRequest Request(this Playground playground) => new(playground.Other, playground.Role);

    public static async Task<OwnershipPlan> PlanAsync(PgConnectionString connection, OwnershipRequest request)
    {
        var (look, plan) = await OwnerTransfer.PlanAsync(connection, request, new(), Cancellation);
        Assert.Null(look.Failure);
        return plan!;
    }

    /// <summary>Carries out a plan that has no problems.</summary>
    public static async Task<OwnershipTransfer> RunAsync(
        PgConnectionString connection, OwnershipRequest request, TimeSpan? lockTimeout = null, Action<int>? progress = null)
    {
        var plan = await PlanAsync(connection, request);
        Assert.Empty(plan.Problems);
        var (look, transfer) = await OwnerTransfer.RunAsync(
            connection, plan, lockTimeout ?? TimeSpan.FromSeconds(2), new() { Timeout = TimeSpan.FromMinutes(2) }, progress ?? (_ => { }), Cancellation);
        Assert.Null(look.Failure);
        return transfer!;
    }
}
