using LangSmithPg.Ownership;
using LangSmithPg.Postgres.Tests.Rehearsals;
using LangSmithPg.Sandbox.Postgres;
using LangSmithPg.Sql;

namespace LangSmithPg.Postgres.Tests.Ownership;

[Collection("Quiet servers")]
public sealed class OwnerScriptTests(QuietServers servers)
{
    // A role and names of things that are hard on whoever does not quote, or leaves psql's own signs to psql.
    const string Hostile = "o\"l'd \\ :x; -- é\n\\q";

    [Theory]
    [MemberData(nameof(Transfers.Majors), MemberType = typeof(Transfers))]
    public async Task Psql_does_the_same_with_the_script(int major)
    {
        var psql = Psql.Find();
        var server = await servers.GetAsync(major);
        await using var playground = await Playground.CreateAsync(server, [.. Transfers.Everything, "GRANT {other} TO {role}"]);
        var connection = playground.Connection(Transfers.Schema);
        var script = OwnershipScript.Write(await Transfers.PlanAsync(connection, playground.Request()), TimeSpan.FromSeconds(2));
        var (exitCode, output) = await RunAsync(psql, server, playground, script);
        Assert.True(exitCode == 0, output);
        Assert.Contains("(0 rows)", output, StringComparison.Ordinal);
        Assert.Equal("", await playground.AskAsync(Transfers.Left));
        Assert.True((await Transfers.PlanAsync(connection, playground.Request())).IsEmpty);
    }

    [Fact]
    public async Task Psql_rolls_everything_back_where_something_fails()
    {
        var psql = Psql.Find();
        var server = await servers.GetAsync();
        await using var playground = await Playground.CreateAsync(server, [.. Transfers.Everything, "GRANT {other} TO {role}"]);
        var script = OwnershipScript.Write(await Transfers.PlanAsync(playground.Connection(Transfers.Schema), playground.Request()), TimeSpan.FromMilliseconds(100));
        var before = await playground.SnapshotAsync();
        await playground.DoAsync("BEGIN; COMMENT ON SEQUENCE \"a \"\"b\".alone IS 'held'");
        var (exitCode, output) = await RunAsync(psql, server, playground, script);
        await playground.DoAsync("ROLLBACK");
        Assert.Equal(3, exitCode);
        Assert.Contains("lock timeout", output, StringComparison.Ordinal);
        Assert.Equal(before, await playground.SnapshotAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Hostile_names_are_only_names(bool asScript)
    {
        var psql = asScript ? Psql.Find() : null;
        var server = await servers.GetAsync();
        var quoted = SqlIdentifier.Quote(Hostile);
        await using var playground = await Playground.CreateAsync(server);
        var (old, other) = ($"{playground.Role} {Hostile}", $"sa@{playground.Role}.iam");
        foreach (var sql in (string[])[
            $"CREATE ROLE {SqlIdentifier.Quote(old)}", $"CREATE ROLE {SqlIdentifier.Quote(other)}", $"CREATE SCHEMA {quoted} AUTHORIZATION {SqlIdentifier.Quote(old)}",
            $"SET search_path TO {quoted}", $"SET ROLE {SqlIdentifier.Quote(old)}",
            $"CREATE TABLE {quoted} ({quoted} serial PRIMARY KEY)", $"CREATE TYPE \"TYPE\" AS ENUM ('x')", $"CREATE FUNCTION {quoted}({quoted}) RETURNS int LANGUAGE sql AS 'SELECT 1'",
            $"ALTER DEFAULT PRIVILEGES IN SCHEMA {quoted} GRANT SELECT ON TABLES TO {{role}}", "RESET ROLE", "RESET search_path"])
        {
            await playground.DoAsync(sql);
        }

        var connection = playground.Connection(Hostile, asSuperuser: true);
        var request = new OwnershipRequest(old, other);
        if (psql is not null)
        {
            var (exitCode, output) = await RunAsync(psql, server, playground, OwnershipScript.Write(await Transfers.PlanAsync(connection, request), TimeSpan.FromSeconds(2)), asSuperuser: true);
            Assert.True(exitCode == 0, output);
            Assert.Contains("(0 rows)", output, StringComparison.Ordinal);
        }
        else
        {
            var transfer = await Transfers.RunAsync(connection, request);
            Assert.Null(transfer.Error);
            Assert.Single(transfer.Proof);
        }

        Assert.Equal(other, await playground.AskAsync($"SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = $x${quoted}.{quoted}$x$::regclass"));
        Assert.True((await Transfers.PlanAsync(connection, request)).IsEmpty);
    }

    static Task<(int ExitCode, string Output)> RunAsync(Psql psql, PostgresServer server, Playground playground, string script, bool asSuperuser = false)
    {
        var connection = playground.Connection(asSuperuser: asSuperuser);
        return psql.RunAsync(connection.Password!.Reveal(), script, "-h", server.Host, "-p", $"{server.Port}", "-U", connection.UserName, playground.Database);
    }
}
