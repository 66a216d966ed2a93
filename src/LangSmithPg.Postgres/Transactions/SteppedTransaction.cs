using System.Data;
using System.Diagnostics;
using LangSmithPg.Postgres.Servers;
using LangSmithPg.Servers;
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
    public const string Commit = "COMMIT";

    // A server that still waits for a lock may block others behind it: not for long.
    const int LockTimeoutMilliseconds = 2000;

    // A client that vanishes without a word is gone after this, and its locks with it.
    const int IdleTimeoutMilliseconds = 10_000;

    readonly OpenSession _open;
    readonly SessionLimits _limits;
    readonly Stopwatch _clock = Stopwatch.StartNew();

    SteppedTransaction(OpenSession open, SessionLimits limits) => (_open, _limits) = (open, limits);

    /// <summary>Whether the session is there. An error that the server takes for fatal ends it.</summary>
    public bool IsOpen => _open.Session.State == ConnectionState.Open;

    /// <summary>The statement that the server refused last, or null.</summary>
    public string? RefusedStatement { get; private set; }

    /// <summary>
    /// Opens a transaction. Its search path is <c>pg_catalog, pg_temp</c>: what others put in a schema is not found by an unqualified name.
    /// </summary>
    /// <param name="open">The session.</param>
    /// <param name="limits">Limits that hold besides this transaction's own.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<(SteppedTransaction Transaction, ServerError? Error)> BeginAsync(
        OpenSession open, SessionLimits limits, CancellationToken cancellationToken)
    {
        var transaction = new SteppedTransaction(open, limits);
        return (transaction, await transaction.SendAsync(
        [
            new("begin transaction isolation level read committed"),
            new("set local search_path to pg_catalog, pg_temp"),
            new("set local standard_conforming_strings = on"),
            new($"set local lock_timeout = {LockTimeoutMilliseconds}"),
            new($"set local idle_in_transaction_session_timeout = {SessionLimits.Shorter(IdleTimeoutMilliseconds, limits.IdleInTransaction)}"),
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

    /// <summary>Commits.</summary>
    /// <param name="pending">Told before the COMMIT is sent, and when it is answered.</param>
    /// <param name="cancellationToken">Ends waiting for the answer.</param>
    /// <returns>Why the server did not commit, or that it gave no answer; or null.</returns>
    public async Task<ServerError?> CommitAsync(PendingCommit pending, CancellationToken cancellationToken)
    {
        var (id, refusal) = await AskAsync(
            "select pg_catalog.pg_current_xact_id_if_assigned()::pg_catalog.text", [], row => row.IsDBNull(0) ? null : row.GetString(0), cancellationToken);
        if (refusal is not null)
        {
            return refusal;
        }

        pending.Send(id[0]);
        var error = await SendAsync([new(Commit)], cancellationToken);
        if (error?.Kind != ServerErrorKind.ConnectionLost)
        {
            pending.Answer(error is null);
        }

        return error is null ? null : error with { IsOfCommit = true };
    }

    /// <summary>Asks for rows in a step of its own.</summary>
    /// <param name="query">The query, whose names are all qualified or of the server's own.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="read">Reads a row.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<(IReadOnlyList<T> Rows, ServerError? Error)> AskAsync<T>(
        string query, IEnumerable<string> parameters, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        List<T> rows = [];
        var command = new NpgsqlBatchCommand(query);
        command.Parameters.AddRange(parameters.Select(value => new NpgsqlParameter { Value = value }).ToArray());
        var error = await StepAsync([command], "release savepoint step", row => rows.Add(read(row)), cancellationToken);
        return (error is null ? rows : [], error);
    }

    Task<ServerError?> StepAsync(IEnumerable<string> statements, string end, CancellationToken cancellationToken) =>
        StepAsync(statements.Select(sql => new NpgsqlBatchCommand(sql)), end, read: null, cancellationToken);

    async Task<ServerError?> StepAsync(
        IEnumerable<NpgsqlBatchCommand> commands, string end, Action<NpgsqlDataReader>? read, CancellationToken cancellationToken)
    {
        var left = (long)(_open.Left - _clock.Elapsed).TotalMilliseconds;
        if (left <= 0)
        {
            return ServerError.NoTimeLeft;
        }

        var error = await SendAsync(
            [new("savepoint step"), new($"set local statement_timeout = {SessionLimits.Shorter(left, _limits.Statement)}"), .. commands, new(end)], cancellationToken, read);
        if (error is not null && IsOpen)
        {
            await SendAsync([new("rollback to savepoint step")], cancellationToken);
        }

        return error;
    }

    async Task<ServerError?> SendAsync(
        IEnumerable<NpgsqlBatchCommand> commands, CancellationToken cancellationToken, Action<NpgsqlDataReader>? read = null)
    {
        await using var batch = new NpgsqlBatch(_open.Session);
        foreach (var command in commands)
        {
            batch.BatchCommands.Add(command);
        }

        try
        {
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            do
            {
                while (await reader.ReadAsync(cancellationToken))
                {
                    read?.Invoke(reader);
                }
            }
            while (await reader.NextResultAsync(cancellationToken));
            return null;
        }
        catch (PostgresException refusal) when (!cancellationToken.IsCancellationRequested)
        {
            RefusedStatement = refusal.BatchCommand?.CommandText;
            return new(Redact(refusal.SqlState), Redact(refusal.MessageText), refusal.Hint is { } hint ? Redact(hint) : null);
        }
        catch (Exception exception) when (exception is NpgsqlException or IOException or InvalidOperationException && !cancellationToken.IsCancellationRequested)
        {
            return ServerError.ConnectionLost(Redact(exception.GetBaseException().Message));
        }
    }

    string Redact(string text) => _open.Connection.Redact(text);
}
