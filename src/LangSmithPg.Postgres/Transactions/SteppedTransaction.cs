using System.Data;
using System.Diagnostics;
using LangSmithPg.Servers;
using LangSmithPg.Sql;
using Npgsql;

namespace LangSmithPg.Postgres.Transactions;

/// <summary>
/// A transaction in steps, each of which may fail without ending it. It is rolled back unless it is committed: where this side breaks
/// off, by the server. Every step opens with a savepoint, which the server refuses outside of a transaction: no step can take effect
/// by itself.
/// </summary>
sealed class SteppedTransaction
{
    /// <summary>The statement by which everything takes effect.</summary>
    public const string Commit = "commit";

    // A server that still waits for a lock may block others behind it: not for long.
    const int LockTimeoutMilliseconds = 2000;

    // A client that vanishes without a word is gone after this, and its locks with it.
    const int IdleTimeoutMilliseconds = 10_000;

    readonly OpenSession _open;
    readonly Stopwatch _clock = Stopwatch.StartNew();

    SteppedTransaction(OpenSession open) => _open = open;

    /// <summary>The statement that the server refused last, or null.</summary>
    public string? RefusedStatement { get; private set; }

    /// <summary>Opens a transaction whose search path is LangSmith's schema, as LangSmith's is.</summary>
    /// <param name="open">The session.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<(SteppedTransaction Transaction, ServerError? Error)> BeginAsync(
        OpenSession open, CancellationToken cancellationToken)
    {
        var transaction = new SteppedTransaction(open);
        return (transaction, await transaction.SendAsync(
        [
            new("begin transaction isolation level read committed"),
            new($"set local lock_timeout = {LockTimeoutMilliseconds}"),
            new($"set local idle_in_transaction_session_timeout = {IdleTimeoutMilliseconds}"),
            new($"set local search_path to {SqlIdentifier.Quote(open.Connection.Schema)}"),
        ], cancellationToken));
    }

    /// <summary>Does a step in one round trip.</summary>
    /// <param name="statements">Its statements.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Why the server refused, with the step undone; or null.</returns>
    public Task<ServerError?> DoAsync(IEnumerable<string> statements, CancellationToken cancellationToken) =>
        StepAsync(statements, "release savepoint step", cancellationToken);

    /// <summary>Does a step and undoes it at once, its locks included.</summary>
    /// <param name="statements">Its statements.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Why the server refused, or null.</returns>
    public Task<ServerError?> TryAsync(IEnumerable<string> statements, CancellationToken cancellationToken) =>
        StepAsync(statements, "rollback to savepoint step", cancellationToken);

    public Task<ServerError?> RollBackAsync(CancellationToken cancellationToken) => SendAsync([new("rollback")], cancellationToken);

    public Task<ServerError?> CommitAsync(CancellationToken cancellationToken) => SendAsync([new(Commit)], cancellationToken);

    async Task<ServerError?> StepAsync(IEnumerable<string> statements, string end, CancellationToken cancellationToken)
    {
        var left = (long)(_open.Left - _clock.Elapsed).TotalMilliseconds;
        if (left <= 0)
        {
            return ServerError.NoTimeLeft;
        }

        var error = await SendAsync(
            [new("savepoint step"), new($"set local statement_timeout = {left}"), .. statements.Select(sql => new NpgsqlBatchCommand(sql)), new(end)],
            cancellationToken);
        if (error is not null && _open.Session.State == ConnectionState.Open)
        {
            await SendAsync([new("rollback to savepoint step")], cancellationToken);
        }

        return error;
    }

    async Task<ServerError?> SendAsync(IEnumerable<NpgsqlBatchCommand> commands, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(_open.Session);
        foreach (var command in commands)
        {
            batch.BatchCommands.Add(command);
        }

        try
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
            return null;
        }
        catch (PostgresException refusal) when (!cancellationToken.IsCancellationRequested)
        {
            RefusedStatement = refusal.BatchCommand?.CommandText;
            return new(Scrub(refusal.SqlState), Scrub(refusal.MessageText), refusal.Hint is { } hint ? Scrub(hint) : null);
        }
        catch (Exception exception) when (exception is NpgsqlException or IOException or InvalidOperationException && !cancellationToken.IsCancellationRequested)
        {
            return ServerError.ConnectionLost(Scrub(exception.GetBaseException().Message));
        }
    }

    string Scrub(string text) => ConnectionFailures.Scrub(text, _open.Connection);
}
