using System.Diagnostics;
using LangSmithPg.Connections;
using LangSmithPg.Postgres.Connections;
using LangSmithPg.Postgres.Servers;
using LangSmithPg.Servers;
using Npgsql;

namespace LangSmithPg.Postgres.Transactions;

/// <summary>
/// Whether a COMMIT was sent and answered. It outlives the session: where the answer did not come, the server is asked by another one.
/// Source: PostgreSQL documentation, "Transaction ID and Snapshot Information Functions" (<c>pg_xact_status</c>).
/// </summary>
sealed class PendingCommit
{
    // Of its own: what the operation was given is over.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    string? _transactionId;
    volatile bool _isSent;
    volatile object? _answer;

    /// <summary>Whether nobody here knows what became of a COMMIT that was sent, or the work broke off around it.</summary>
    /// <param name="failure">Why the work broke off, or null.</param>
    public bool IsInQuestion(ConnectionFailure? failure) => _isSent && (_answer is null || failure is not null);

    public void Send(string? transactionId) => (_transactionId, _answer, _isSent) = (transactionId, null, true);

    /// <summary>The server answered.</summary>
    /// <param name="committed">Whether it committed.</param>
    public void Answer(bool committed) => _answer = committed;

    /// <summary>Asks the server what became of it.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="options">How to connect; the time is this method's own.</param>
    /// <param name="cancellationToken">Ends it within moments.</param>
    /// <returns>Whether it was committed, or null where that is not known.</returns>
    public async Task<bool?> AskAsync(PgConnectionString connection, SessionOptions options, CancellationToken cancellationToken)
    {
        // What was given up may have had its answer since.
        if (_answer is bool answer)
        {
            return answer;
        }

        if (_transactionId is null)
        {
            return null;
        }

        options.Log("The server did not answer COMMIT: asking it for the outcome.");
        // The answer counts too where the session fails after it.
        bool? committed = null;
        await ServerSession.UseAsync(connection, options with { Timeout = Patience }, Ask, cancellationToken);
        options.Log(committed switch { true => "It was committed.", false => "It was rolled back.", null => "The outcome is not known yet." });
        return committed;

        async Task<object?> Ask(OpenSession open, CancellationToken limit)
        {
            for (var clock = Stopwatch.StartNew(); committed is null && clock.Elapsed < open.Left; await Task.Delay(Pause, limit))
            {
                await using var command = new NpgsqlCommand("select pg_catalog.pg_xact_status($1::pg_catalog.text::pg_catalog.xid8)::pg_catalog.text", open.Session)
                {
                    Parameters = { new() { Value = _transactionId } },
                };
                committed = await command.ExecuteScalarAsync(limit) switch { "committed" => true, "aborted" => false, _ => null };
            }

            return null;
        }
    }

    /// <summary>Asks the server, and says in the look what became of it.</summary>
    /// <param name="look">The look that broke off, or whose COMMIT had no answer.</param>
    /// <param name="connection">The connection.</param>
    /// <param name="options">How to connect; the time is this method's own.</param>
    /// <param name="cancellationToken">Ends it within moments.</param>
    /// <returns>The look, without a failure where it was committed; and whether it was, or null where that is not known.</returns>
    public async Task<(ServerObservation Look, bool? Committed)> SettleAsync(
        ServerObservation look, PgConnectionString connection, SessionOptions options, CancellationToken cancellationToken)
    {
        var committed = await AskAsync(connection, options, cancellationToken);
        var failure = (committed, look.Failure) switch
        {
            (true, _) or (false, null) => null,
            (false, { } reason) => FailureExplainer.RolledBack(reason),
            (null, _) => FailureExplainer.CommitUnknown(look.Host),
        };
        return (look with { Failure = failure }, committed);
    }
}
