using System.Data;
using LangSmithPg.Moves;
using LangSmithPg.Postgres.Servers;
using Npgsql;

namespace LangSmithPg.Postgres.Moves;

/// <summary>Asks one side of a move what moving depends on.</summary>
static class MoveQuery
{
    static readonly string Text = SqlResource.Read("move.sql");
    static readonly string Identity = SqlResource.Read("identity.sql");
    static readonly string Available = SqlResource.Read("available.sql");

    /// <summary>Asks.</summary>
    /// <param name="open">The session.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<MoveFacts> AskAsync(OpenSession open, CancellationToken cancellationToken)
    {
        var facts = MoveFactsJson.Read(await ReadOnlyQuery.ReadTextAsync(open.Session, Text, [], open.Left, cancellationToken));
        var (identifier, _) = await TryAsync(open, Identity, cancellationToken);
        var (available, error) = await TryAsync(open, Available, cancellationToken);
        return facts with
        {
            SystemIdentifier = identifier,
            Available = available is null ? null : MoveFactsJson.ReadAvailable(available),
            AvailableError = error,
        };
    }

    // What a server may refuse without being another one.
    static async Task<(string? Text, string? Error)> TryAsync(OpenSession open, string query, CancellationToken cancellationToken)
    {
        try
        {
            return (await ReadOnlyQuery.ReadTextAsync(open.Session, query, [], open.Left, cancellationToken), null);
        }
        catch (PostgresException refusal) when (open.Session.State == ConnectionState.Open && refusal.SqlState != PostgresErrorCodes.QueryCanceled)
        {
            await using var rollback = new NpgsqlCommand("rollback", open.Session);
            await rollback.ExecuteNonQueryAsync(cancellationToken);
            return (null, open.Connection.Redact(refusal.MessageText));
        }
    }
}
