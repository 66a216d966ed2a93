using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Findings;
using LangSmithPg.Postgres.Tests.Rehearsals;
using LangSmithPg.Readiness;
using Npgsql;

namespace LangSmithPg.Postgres.Tests.Readiness;

/// <summary>A fix that is SQL is run as it stands, in the database that it is for, and the finding then passes.</summary>
[Collection("Quiet servers")]
public sealed class FixTests(QuietServers servers)
{
    const string Owner = "ALTER DATABASE {database} OWNER TO {role}";

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The version, the finding, and what brings it about.</summary>
    public static readonly TheoryData<int, string, string[]> States = new()
    {
        { 18, "Database.Create", ["REVOKE CREATE ON DATABASE {database} FROM PUBLIC"] },
        { 18, "Database.Temporary", ["REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC"] },
        { 18, "Schema.Create", ["SELECT 1"] },
        { 14, "Schema.Create", ["REVOKE ALL ON SCHEMA public FROM PUBLIC"] },
        { 18, "Schema.Ownership", [Owner, "CREATE TABLE a (id int)", "ALTER TABLE a OWNER TO {other}"] },
        { 15, "Schema.Ownership", [Owner, "ALTER ROLE {role} NOINHERIT", "GRANT {other} TO {role}", "CREATE TABLE a (id int)", "ALTER TABLE a OWNER TO {other}"] },
        { 17, "Schema.Ownership", [Owner, "ALTER ROLE {role} NOINHERIT", "GRANT {other} TO {role}", "CREATE TABLE a (id int)", "ALTER TABLE a OWNER TO {other}"] },
        { 16, "Schema.Ownership", [Owner, "GRANT {other} TO {role} WITH INHERIT FALSE", "CREATE TABLE a (id int)", "ALTER TABLE a OWNER TO {other}"] },
        { 14, "Schema.Ownership", [Owner, .. Everything] },
        { 18, "Schema.Ownership", [Owner, .. Everything] },
        { 18, "Schema.Ownership", [Owner, "CREATE TYPE mood AS ENUM ('good')", "ALTER TYPE mood OWNER TO {other}", "CREATE DOMAIN positive AS int", "ALTER DOMAIN positive OWNER TO {other}"] },
        { 18, "Schema.Ownership", [Owner, "CREATE FUNCTION twice(int) RETURNS int LANGUAGE sql AS 'SELECT 2'", "ALTER FUNCTION twice OWNER TO {other}"] },
        { 18, "Extension.citext", [Owner, "CREATE SCHEMA ext", "CREATE EXTENSION citext SCHEMA ext"] },
        { 18, "Extension.btree_gin", [Owner, "CREATE EXTENSION btree_gin VERSION '1.0'"] },
        { 18, "Extension.btree_gist", [Owner, "CREATE EXTENSION btree_gist VERSION '1.2'"] },
        { 18, "Extension.pg_trgm", [Owner, "CREATE EXTENSION pg_trgm VERSION '1.3'"] },
        { 18, "Extension.citext", [Owner, "CREATE DOMAIN citext AS text"] },
        { 14, "Extension.ltree", [Owner, "CREATE TABLE ltree (id int)"] },
        { 18, "Extension.citext", [Owner, "CREATE TYPE citext AS (a int)"] },
        { 18, "Extension.ltree", [Owner, "CREATE TYPE lquery AS ENUM ('a')"] },
        { 18, "Server.Writable", [Owner, "ALTER DATABASE {database} SET default_transaction_read_only = on"] },
        { 14, "Server.Writable", [Owner, "ALTER ROLE {role} IN DATABASE {database} SET default_transaction_read_only = on"] },
        { 18, "Session.TimeLimits", [Owner, "ALTER ROLE {role} SET statement_timeout = '500ms'"] },
        { 17, "Session.TimeLimits", [Owner, "ALTER DATABASE {database} SET transaction_timeout = '300ms'"] },
        { 14, "Session.TimeLimits", [Owner, "ALTER DATABASE {database} SET idle_session_timeout = '5s'", "ALTER ROLE {role} SET idle_in_transaction_session_timeout = '300ms'"] },
        { 18, "Session.Overrides", [Owner, "ALTER ROLE {role} SET search_path = elsewhere"] },
        { 18, "Session.Overrides", [Owner, "GRANT {other} TO {role}", "ALTER ROLE {role} IN DATABASE {database} SET role = {other}"] },
        { 18, "Session.Overrides", [Owner, "ALTER ROLE {role} SET session_replication_role = replica"] },
        { 18, "Session.TemporaryFiles", [Owner, "ALTER ROLE {role} SET temp_file_limit = '10MB'"] },
        { 18, "Role.ConnectionLimit", [Owner, "ALTER ROLE {role} CONNECTION LIMIT 3"] },
        { 18, "Database.ConnectionLimit", [Owner, "ALTER DATABASE {database} CONNECTION LIMIT 20"] },
        { 18, "Role.ValidUntil", [Owner, "ALTER ROLE {role} VALID UNTIL '2026-12-01'"] },
        { 18, "Schema.DefaultPrivileges", [Owner, "ALTER DEFAULT PRIVILEGES FOR ROLE {role} GRANT SELECT ON TABLES TO PUBLIC", "ALTER DEFAULT PRIVILEGES FOR ROLE {role} IN SCHEMA public GRANT ALL ON SEQUENCES TO {other}"] },
        { 18, "Rehearsal.Column.pgcrypto", [Owner, .. Installed, "REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC"] },
        { 18, "Rehearsal.Column.citext", [Owner, .. Installed, "REVOKE USAGE ON TYPE citext FROM PUBLIC"] },
        { 14, "Rehearsal.Compare.citext", [Owner, .. Installed, "REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC", "GRANT EXECUTE ON FUNCTION digest(text, text), citext_cmp(citext, citext), citextin(cstring) TO PUBLIC"] },
    };

    // As a superuser owns it: no role is made a member of that one.
    static string[] Everything =>
    [
        "CREATE TABLE a (id bigserial, other int GENERATED ALWAYS AS IDENTITY)", "CREATE VIEW \"a $langsmithpg$ '\" AS SELECT id FROM a", "CREATE MATERIALIZED VIEW m AS SELECT 1",
        "CREATE SEQUENCE s", "CREATE TYPE mood AS ENUM ('good')", "CREATE TYPE pair AS (a int)", "CREATE TYPE span AS RANGE (subtype = int4)", "CREATE DOMAIN positive AS int",
        "CREATE FUNCTION twice(int, \"Text\" text DEFAULT '') RETURNS int LANGUAGE sql AS 'SELECT 2'", "CREATE PROCEDURE nothing() LANGUAGE sql AS ''", "CREATE EXTENSION citext",
        "CREATE TABLE parts (id int) PARTITION BY LIST (id)", "CREATE TABLE part PARTITION OF parts DEFAULT",
    ];

    static string[] Installed => [.. Requirements.Extensions.Select(name => $"CREATE EXTENSION {name}")];

    [Theory]
    [MemberData(nameof(States))]
    public async Task The_fix_is_run_and_the_finding_passes(int major, string id, string[] setUp)
    {
        await using var playground = await Playground.CreateAsync(await servers.GetAsync(major), setUp);
        var connection = playground.Connection();
        var before = await FindAsync(connection, id);
        Assert.True(before.Status > FindingStatus.Pass, $"{before}");
        Assert.NotNull(before.Fix);

        await RunAsync(playground.Connection(asSuperuser: true), before.Fix.Text);

        var after = await FindAsync(connection, id);
        Assert.True(after.Status is FindingStatus.Pass or FindingStatus.NotApplicable, $"{after}\n{after.Evidence}\nafter {before.Fix}");
    }

    [Theory]
    [InlineData(16)]
    [InlineData(18)]
    public async Task Whoever_created_the_role_hands_over_what_they_own(int major)
    {
        await using var playground = await Playground.CreateAsync(
            await servers.GetAsync(major), "ALTER ROLE {other} LOGIN CREATEROLE", "ALTER DATABASE {database} OWNER TO {other}", "SET ROLE {other}", "CREATE ROLE {role}_iam",
            "GRANT CREATE ON SCHEMA public TO {role}_iam", "CREATE TABLE a (id bigserial)", "CREATE TYPE mood AS ENUM ('good')", "RESET ROLE", "ALTER ROLE {role} SUPERUSER",
            "ALTER ROLE {role} IN DATABASE {database} SET role = {role}_iam");
        var before = await FindAsync(playground.Connection(), "Schema.Ownership");
        Assert.Equal(FindingStatus.Fail, before.Status);
        await playground.DoAsync($"SET ROLE {{other}}; {before.Fix} RESET ROLE");
        Assert.Equal(FindingStatus.Pass, (await FindAsync(playground.Connection(), "Schema.Ownership")).Status);
    }

    [Fact]
    public async Task Fixes_of_the_whole_server()
    {
        await using var server = await Sandbox.Tests.Servers.StartAsync(new()
        {
            Settings = new Dictionary<string, string>
            {
                ["max_prepared_transactions"] = "2", ["synchronous_commit"] = "local",
            },
        });
        var playground = await Playground.CreateAsync(
            server, Owner, "ALTER DATABASE {database} SET synchronous_commit = on", "CREATE TABLE t (id int)",
            "BEGIN; LOCK TABLE t; PREPARE TRANSACTION 'in doubt '''");
        foreach (var setting in (string[])["fsync = off", "full_page_writes = off", "autovacuum = off", "track_counts = off", "password_encryption = md5", "synchronous_standby_names = 'nosuch'", "statement_timeout = '300ms'", "default_transaction_read_only = on"])
        {
            await server.Connection().AskAsync($"ALTER SYSTEM SET {setting}");
        }

        await server.Connection().AskAsync("SELECT pg_reload_conf()");
        foreach (var id in (string[])["Server.Writable", "Session.TimeLimits", "Server.SynchronousStandby", "Server.Durability", "Server.Maintenance", "Server.PasswordEncryption"])
        {
            var connection = playground.Connection();
            var before = await FindAsync(connection, id);
            Assert.True(before.Status > FindingStatus.Pass, $"{before}");
            await RunAsync(playground.Connection(asSuperuser: true), before.Fix!.Text);
            await WaitForPassAsync(connection, id);
            if (id == "Server.Writable")
            {
                // Whoever mends the others writes too.
                await server.Connection().AskAsync("BEGIN READ WRITE; ALTER ROLE postgres SET default_transaction_read_only = off; COMMIT");
            }
        }

        // It is a warning once it is a minute old.
        Assert.Contains("in doubt '", (await FindAsync(playground.Connection(), "Database.PreparedTransactions")).Evidence, StringComparison.Ordinal);
        await playground.DoAsync("ROLLBACK PREPARED 'in doubt '''");
    }

    [Fact]
    public async Task A_tablespace_that_is_closed_is_opened()
    {
        await using var server = await Sandbox.Tests.Servers.StartAsync(new());
        var playground = await Playground.CreateAsync(
            server, Owner, "SET allow_in_place_tablespaces = on", "CREATE TABLESPACE \"a space\" LOCATION ''", "ALTER DATABASE {database} SET default_tablespace = 'a space'");
        var before = await FindAsync(playground.Connection(), "Database.Tablespace");
        Assert.Equal(FindingStatus.Fail, before.Status);
        await RunAsync(playground.Connection(asSuperuser: true), before.Fix!.Text);
        Assert.Equal(FindingStatus.Pass, (await FindAsync(playground.Connection(), "Database.Tablespace")).Status);
    }

    static async Task<Finding> FindAsync(PgConnectionString connection, string id)
    {
        var report = id.StartsWith("Rehearsal.", StringComparison.Ordinal)
            ? Playground.Evaluate(await ObservationExtensions.RehearseAsync(connection))
            : ReadinessEvaluator.Evaluate(await connection.LookAsync(), new(2026, 11, 23));
        return report.Findings.FirstOrDefault(finding => finding.Id == id) ?? throw new InvalidOperationException($"{report.Findings[0]} {report.Findings[0].Evidence}");
    }

    // Settings of the server reach a session a moment after the reload.
    static async Task WaitForPassAsync(PgConnectionString connection, string id)
    {
        for (var tries = 0; ; tries++)
        {
            var after = await FindAsync(connection, id);
            if (after.Status == FindingStatus.Pass)
            {
                return;
            }

            Assert.True(tries < 50, $"{after}");
            await Task.Delay(100, Cancellation);
        }
    }

    // As psql does: a session of its own, one statement after the other.
    static async Task RunAsync(PgConnectionString connection, string sql)
    {
        await using var session = new NpgsqlConnection(new NpgsqlConnectionStringBuilder
        {
            Host = connection.Hosts[0].Name, Port = connection.Hosts[0].Port, Username = connection.UserName, Password = connection.Password!.Reveal(), Database = connection.Database, Pooling = false,
        }.ConnectionString);
        await session.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, session);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
