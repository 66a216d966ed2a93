using System.Diagnostics;
using LangSmithPg.Connections;
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
    bool _isSent;
    bool _isAnswered;

    /// <summary>Whether the server was told to commit, and its answer is not known.</summary>
    public bool IsOpen => _isSent && !_isAnswered;

    public void Send(string? transactionId) => (_transactionId, _isSent, _isAnswered) = (transactionId, true, false);

    public void Answer() => _isAnswered = true;

    /// <summary>Asks the server what became of it.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="options">How to connect; the time is this method's own.</param>
    /// <param name="cancellationToken">Ends it within moments.</param>
    /// <returns>Whether it was committed, or null where that is not known.</returns>
    public async Task<bool?> AskAsync(PgConnectionString connection, LookOptions options, CancellationToken cancellationToken)
    {
        if (_transactionId is null)
        {
            return null;
        }

        bool? committed = null;
        options.Log("The answer to COMMIT did not come: asking the server again.");
        await ServerLook.LookAsync(connection, options with { Timeout = Patience, Rehearse = false }, askFacts: true, Ask, cancellationToken);
        options.Log(committed switch { true => "It was committed.", false => "It was rolled back.", null => "The server does not know yet." });
        return committed;

        async Task Ask(OpenSession open, CancellationToken limit)
        {
            for (var clock = Stopwatch.StartNew(); committed is null && clock.Elapsed < open.Left; await Task.Delay(Pause, limit))
            {
                await using var command = new NpgsqlCommand("select pg_catalog.pg_xact_status($1::pg_catalog.text::pg_catalog.xid8)::pg_catalog.text", open.Session)
                {
                    Parameters = { new() { Value = _transactionId } },
                };
                committed = await command.ExecuteScalarAsync(limit) switch { "committed" => true, "aborted" => false, _ => null };
            }
        }
    }
}
