using System.ComponentModel;
using System.Diagnostics;
using LangSmithPg.Ownership;
using LangSmithPg.Postgres.Tests.Rehearsing;
using LangSmithPg.Sandbox.Postgres;

namespace LangSmithPg.Postgres.Tests.Transferring;

[Collection("Quiet servers")]
public sealed class OwnerScriptTests(QuietServers servers)
{
    // A role and names of things that are hard on whoever does not quote, or leaves psql's own signs to psql.
    const string Hostile = "o\"l'd \\ :x; -- é\n\\q";

    [Theory]
    [MemberData(nameof(Transfers.Majors), MemberType = typeof(Transfers))]
    public async Task Psql_does_the_same_with_the_script(int major)
    {
        var server = await servers.GetAsync(major);
        await using var playground = await Playground.CreateAsync(server, [.. Transfers.Everything, "GRANT {other} TO {role}"]);
        var connection = playground.Connection(Transfers.Schema);
        var script = OwnershipScript.Write(await Transfers.PlanAsync(connection, playground.Request()), TimeSpan.FromSeconds(2));
        var (exitCode, output) = await PsqlAsync(server, playground, script);
        Assert.True(exitCode == 0, output);
        Assert.Contains("(0 rows)", output, StringComparison.Ordinal);
        Assert.Equal("", await playground.AskAsync(Transfers.Left));
        Assert.True((await Transfers.PlanAsync(connection, playground.Request())).IsEmpty);
        await playground.DoAsync("DROP OWNED BY {other}; DROP OWNED BY {role} CASCADE");
    }

    [Fact]
    public async Task Psql_rolls_everything_back_where_something_fails()
    {
        var server = await servers.GetAsync();
        await using var playground = await Playground.CreateAsync(server, [.. Transfers.Everything, "GRANT {other} TO {role}"]);
        var script = OwnershipScript.Write(await Transfers.PlanAsync(playground.Connection(Transfers.Schema), playground.Request()), TimeSpan.FromMilliseconds(100));
        var before = await playground.SnapshotAsync();
        await playground.DoAsync("BEGIN; COMMENT ON SEQUENCE \"a \"\"b\".alone IS 'held'");
        var (exitCode, output) = await PsqlAsync(server, playground, script);
        await playground.DoAsync("ROLLBACK");
        Assert.Equal(3, exitCode);
        Assert.Contains("lock timeout", output, StringComparison.Ordinal);
        Assert.Equal(before, await playground.SnapshotAsync());
        await playground.DoAsync("DROP OWNED BY {other} CASCADE");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Hostile_names_are_only_names(bool asScript)
    {
        var server = await servers.GetAsync();
        var quoted = $"\"{Hostile.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        await using var playground = await Playground.CreateAsync(
            server, $"CREATE ROLE {quoted}", "CREATE ROLE \"sa@{role}.iam\"", $"CREATE SCHEMA {quoted} AUTHORIZATION {quoted}", $"SET search_path TO {quoted}", $"SET ROLE {quoted}",
            $"CREATE TABLE {quoted} ({quoted} serial PRIMARY KEY)", $"CREATE TYPE \"TYPE\" AS ENUM ('x')", $"CREATE FUNCTION {quoted}({quoted}) RETURNS int LANGUAGE sql AS 'SELECT 1'",
            $"ALTER DEFAULT PRIVILEGES IN SCHEMA {quoted} GRANT SELECT ON TABLES TO {{role}}", "RESET ROLE", "RESET search_path");
        var connection = playground.Connection(Hostile, asSuperuser: true);
        var request = new OwnershipRequest(Hostile, $"sa@{playground.Role}.iam");
        if (asScript)
        {
            var (exitCode, output) = await PsqlAsync(server, playground, OwnershipScript.Write(await Transfers.PlanAsync(connection, request), TimeSpan.FromSeconds(2)), asSuperuser: true);
            Assert.True(exitCode == 0, output);
            Assert.Contains("(0 rows)", output, StringComparison.Ordinal);
        }
        else
        {
            var transfer = await Transfers.RunAsync(connection, request);
            Assert.Null(transfer.Error);
            Assert.Single(transfer.Proof);
        }

        Assert.Equal($"sa@{playground.Role}.iam", await playground.AskAsync($"SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = $x${quoted}.{quoted}$x$::regclass"));
        Assert.True((await Transfers.PlanAsync(connection, request)).IsEmpty);
        await playground.DoAsync($"DROP OWNED BY \"sa@{{role}}.iam\", {quoted} CASCADE; DROP ROLE \"sa@{{role}}.iam\", {quoted}");
    }

    static async Task<(int ExitCode, string Output)> PsqlAsync(PostgresServer server, Playground playground, string script, bool asSuperuser = false)
    {
        var connection = playground.Connection(asSuperuser: asSuperuser);
        var start = new ProcessStartInfo("psql", ["-X", "-v", "ON_ERROR_STOP=1", "-h", server.Host, "-p", $"{server.Port}", "-U", connection.UserName, playground.Database])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        (start.Environment["PGPASSWORD"], start.Environment["PGCLIENTENCODING"]) = (connection.Password!.Reveal(), "UTF8");
        Process psql;
        try
        {
            psql = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("psql is not installed.");
            throw;
        }

        using (psql)
        {
            var output = psql.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var errors = psql.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await psql.StandardInput.WriteAsync(script);
            psql.StandardInput.Close();
            await psql.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (psql.ExitCode, await output + await errors);
        }
    }
}
