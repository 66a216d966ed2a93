using LangSmithPg.Sandbox.Postgres;
using Npgsql;

namespace LangSmithPg.Sandbox.Tests;

static class Queries
{
    public static NpgsqlConnectionStringBuilder Connection(this PostgresServer server) => new()
    {
        Host = server.Host,
        Port = server.Port,
        Username = server.SuperUserName,
        Password = server.SuperUserPassword,
        Database = "postgres",
        Pooling = false,
        SslMode = SslMode.Disable,
    };

    public static async Task<string> AskAsync(this NpgsqlConnectionStringBuilder connection, string sql)
    {
        await using var open = new NpgsqlConnection(connection.ConnectionString);
        await open.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, open);
        return $"{await command.ExecuteScalarAsync(TestContext.Current.CancellationToken)}";
    }
}
