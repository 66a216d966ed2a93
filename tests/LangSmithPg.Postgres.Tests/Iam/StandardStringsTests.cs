using LangSmithPg.Connections;
using LangSmithPg.Iam.Roles;
using LangSmithPg.Sql;

namespace LangSmithPg.Postgres.Tests.Iam;

/// <summary>A database in which a backslash within quotes escapes, as its owner may have it.</summary>
public sealed class StandardStringsTests
{
    // There, the first quote behind the backslash is a character, and the second one ends the text.
    const string Role = @"x\' ; CREATE ROLE injected; --";

    [Fact]
    public async Task A_script_runs_nothing_of_a_name()
    {
        var psql = Psql.Find();
        await using var server = await Sandbox.Tests.Servers.StartAsync(new()
        {
            Major = 17,
            InitStatements = ["CREATE ROLE rds_iam", "CREATE DATABASE langsmith", "ALTER DATABASE postgres SET standard_conforming_strings = off", "ALTER DATABASE langsmith SET standard_conforming_strings = off"],
        });
        var connection = PgConnectionString.FromParts(server.Parts() with { Database = "langsmith" }).Connection!;

        var (exitCode, output) = await psql.RunAsync(
            server.SuperUserPassword, IamRoleScript.Write(connection, new(IamAuthProvider.Aws, Role)), "-h", server.Host, "-p", $"{server.Port}", "-U", server.SuperUserName, "postgres");

        Assert.True(exitCode == 0, output);
        Assert.Equal("off", await server.Connection().AskAsync("SHOW standard_conforming_strings"));
        Assert.Equal("0", await server.Connection().AskAsync("SELECT count(*)::text FROM pg_roles WHERE rolname = 'injected'"));
        Assert.Equal("1", await server.Connection().AskAsync($"SELECT count(*)::text FROM pg_roles WHERE rolname = {SqlLiteral.Quote(Role)}"));
    }
}
