using LangSmithPg.Sandbox.Postgres;
using Npgsql;

namespace LangSmithPg.Quickstart;

/// <summary>The database's administrator, who runs the SQL that the report asks for.</summary>
sealed class Administrator(PostgresServer server, string database)
{
    public string Run(string sql)
    {
        var connectionString = new NpgsqlConnectionStringBuilder
        {
            Host = server.Host,
            Port = server.Port,
            Database = database,
            Username = server.SuperUserName,
            Password = server.SuperUserPassword,
            Pooling = false,
        };
        using var connection = new NpgsqlConnection(connectionString.ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
        return sql;
    }
}
