using System.Diagnostics;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Sandbox.Postgres;
using LangSmithPg.Sql;
using Npgsql;

namespace LangSmithPg.Postgres.Tests;

/// <summary>A database and a role of one test, on a server that tests share.</summary>
/// <param name="Server">The server.</param>
/// <param name="Database">Name of the database.</param>
/// <param name="Role">Name of the role, which may do what everybody may.</param>
sealed record Tenant(PostgresServer Server, string Database, string Role)
{
    public const string Password = "S3cr3t-of-the-tenant";

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public string QuotedDatabase => SqlIdentifier.Quote(Database);

    public string QuotedRole => SqlIdentifier.Quote(Role);

    /// <summary>The connection of the role.</summary>
    public ConnectionParts Parts => Server.Parts() with { Database = Database, UserName = Role, Password = Secret.From(Password) };

    /// <param name="server">The server.</param>
    /// <param name="roleOptions">What <c>CREATE ROLE</c> takes.</param>
    /// <param name="nameEnd">Put at the end of both names.</param>
    public static async Task<Tenant> CreateAsync(PostgresServer server, string roleOptions = "", string nameEnd = "")
    {
        var id = Guid.NewGuid().ToString("N")[..12];
        var tenant = new Tenant(server, $"db_{id}{nameEnd}", $"role_{id}{nameEnd}");
        await server.Connection().AskAsync($"CREATE ROLE {tenant.QuotedRole} LOGIN PASSWORD '{Password}' {roleOptions}");
        await server.Connection().AskAsync($"CREATE DATABASE {tenant.QuotedDatabase}");
        return tenant;
    }

    /// <summary>Takes from the role all that everybody may do in the database, but for connecting.</summary>
    public Task LeaveNothingButConnectAsync() => AskAsync(
        $"""
        REVOKE ALL ON DATABASE {QuotedDatabase} FROM PUBLIC;
        GRANT CONNECT ON DATABASE {QuotedDatabase} TO {QuotedRole};
        REVOKE ALL ON SCHEMA public FROM PUBLIC;
        REVOKE ALL ON SCHEMA information_schema FROM PUBLIC;
        """);

    /// <summary>Asks as the superuser, in the database.</summary>
    public Task<string> AskAsync(string sql) => Connection(Server.SuperUserName, Server.SuperUserPassword).AskAsync(sql);

    /// <summary>Asks as the role.</summary>
    public Task<string> AskAsRoleAsync(string sql) => Connection(Role, Password).AskAsync(sql);

    /// <summary>Opens a connection as the superuser.</summary>
    public Task<NpgsqlConnection> OpenAsync() => OpenAsync(Server.SuperUserName, Server.SuperUserPassword);

    /// <summary>Opens a connection as the role.</summary>
    public Task<NpgsqlConnection> OpenAsRoleAsync() => OpenAsync(Role, Password);

    /// <summary>Whether the role really may do something. Nothing of it is left behind.</summary>
    public async Task<bool> CanAsync(string sql)
    {
        await using var connection = await OpenAsRoleAsync();
        return await connection.CanAsync(sql);
    }

    /// <summary>Waits until no look is left on the server.</summary>
    public Task AssertNobodyIsLeftAsync() => WaitForAsync("application_name = 'LangSmithPg'", expected: 0);

    /// <summary>Waits until so many sessions of the role are as described.</summary>
    public async Task WaitForAsync(string condition, int expected)
    {
        var clock = Stopwatch.StartNew();
        await using var watcher = new NpgsqlConnection(Server.Connection().ConnectionString);
        await watcher.OpenAsync(TestContext.Current.CancellationToken);
        await using var count = new NpgsqlCommand($"SELECT count(*) FROM pg_stat_activity WHERE usename = '{Role}' AND {condition}", watcher);
        while ((long)(await count.ExecuteScalarAsync(TestContext.Current.CancellationToken))! != expected)
        {
            Assert.True(clock.Elapsed < Patience, $"Not within {Patience.TotalSeconds} s: {expected} sessions where {condition}.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    NpgsqlConnectionStringBuilder Connection(string role, string password)
    {
        var connection = Server.Connection();
        (connection.Username, connection.Password, connection.Database) = (role, password, Database);
        return connection;
    }

    async Task<NpgsqlConnection> OpenAsync(string role, string password)
    {
        var connection = new NpgsqlConnection(Connection(role, password).ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }
}
