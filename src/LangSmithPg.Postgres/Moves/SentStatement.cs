using LangSmithPg.Postgres.Servers;
using Npgsql;

namespace LangSmithPg.Postgres.Moves;

/// <summary>Statements that a server may refuse.</summary>
static class SentStatement
{
    /// <summary>Runs it.</summary>
    /// <param name="open">The session.</param>
    /// <param name="sql">The statement, or several, which are then one transaction.</param>
    /// <param name="limit">Ends it.</param>
    /// <returns>The server's refusal, or the empty text.</returns>
    public static async Task<string?> TryAsync(this OpenSession open, string sql, CancellationToken limit)
    {
        try
        {
            await using var command = new NpgsqlCommand(sql, open.Session) { CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync(limit);
            return "";
        }
        catch (PostgresException refusal)
        {
            return open.Connection.Redact(refusal.MessageText);
        }
    }
}
