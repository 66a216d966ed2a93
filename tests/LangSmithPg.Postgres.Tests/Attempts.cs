using Npgsql;

namespace LangSmithPg.Postgres.Tests;

/// <summary>Finds out by trying.</summary>
static class Attempts
{
    /// <summary>Whether the session's role really may do something. Nothing of it is left behind.</summary>
    public static async Task<bool> CanAsync(this NpgsqlConnection connection, string sql)
    {
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        try
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            return true;
        }
        catch (PostgresException denied) when (denied.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return false;
        }
    }
}
