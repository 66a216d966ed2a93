using System.Data;
using System.Globalization;
using LangSmithPg.Comparisons;
using LangSmithPg.Connections;
using LangSmithPg.Postgres.Connections;
using LangSmithPg.Postgres.Servers;
using LangSmithPg.Servers;
using LangSmithPg.Sql;
using Npgsql;

namespace LangSmithPg.Postgres.Comparisons;

/// <summary>
/// A session in a read-only transaction that sees the database at one moment, which several sessions share. A statement that the server refuses
/// does not end it. Source: PostgreSQL documentation, "Snapshot Synchronization Functions".
/// </summary>
sealed class SnapshotSession : IAsyncDisposable
{
    // The same text for the same value, whatever the server, the database or the role have set. JIT and parallel workers cost more than they
    // gain for pieces of this size, of which several are read at the same time.
    const string Settings =
        "select pg_catalog.set_config(s.name, s.value, true) from (values ('search_path', 'pg_catalog'), ('standard_conforming_strings', 'on'), "
        + "('TimeZone', 'UTC'), ('DateStyle', 'ISO, YMD'), ('IntervalStyle', 'postgres'), ('extra_float_digits', '1'), ('bytea_output', 'hex'), "
        + "('lc_monetary', 'C'), ('xmlbinary', 'base64'), ('quote_all_identifiers', 'off'), ('row_security', 'off'), ('jit', 'off'), "
        + "('max_parallel_workers_per_gather', '0'), ('idle_in_transaction_session_timeout', '0'), ('lock_timeout', '2s')) s(name, value)";

    static readonly string[] Export = ["select pg_catalog.pg_export_snapshot()"];

    readonly HeldSession _held;
    readonly TimeSpan _timeout;

    SnapshotSession(HeldSession held, TimeSpan timeout) => (_held, _timeout) = (held, timeout);

    /// <summary>Whether it is still there. A statement that took too long leaves it behind.</summary>
    public bool IsOpen { get; private set; } = true;

    /// <summary>What the server says of itself.</summary>
    public ServerFacts Facts => _held.Open.Facts;

    /// <summary>The name of the snapshot, for other sessions.</summary>
    public string Snapshot { get; private set; } = "";

    /// <summary>Opens a session in a snapshot.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="snapshot">The snapshot of another session, or null for a new one.</param>
    /// <param name="options">How to connect.</param>
    /// <param name="timeout">Most time for one statement.</param>
    /// <param name="cancellationToken">Ends it within moments.</param>
    /// <returns>The session, or why there is none.</returns>
    /// <exception cref="ComparisonException">The server refused.</exception>
    public static async Task<(SnapshotSession? Session, ServerObservation? Failed)> OpenAsync(
        PgConnectionString connection, string? snapshot, SessionOptions options, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var (held, failed) = await HeldSession.OpenAsync(connection, options, cancellationToken);
        if (held is null)
        {
            return (null, failed);
        }

        var session = new SnapshotSession(held, timeout);
        try
        {
            await session.BeginAsync(snapshot, cancellationToken);
            return (session, null);
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Begins again with a new snapshot.</summary>
    /// <param name="cancellationToken">Ends it within moments.</param>
    /// <exception cref="ComparisonException">The server refused.</exception>
    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        await RunAsync(["rollback"], static row => row.FieldCount, isInTransaction: false, cancellationToken);
        await BeginAsync(snapshot: null, cancellationToken);
    }

    /// <summary>Asks for rows, and gives up the locks that it took: of thousands of tables, the server has no room for all of them.</summary>
    /// <param name="query">The query.</param>
    /// <param name="read">Reads a row.</param>
    /// <param name="cancellationToken">Ends it within moments.</param>
    /// <exception cref="ComparisonException">The server refused, or the connection was lost.</exception>
    public Task<List<T>> AskAsync<T>(string query, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken) =>
        RunAsync(["savepoint question", query, "rollback to savepoint question", "release savepoint question"], read, isInTransaction: true, cancellationToken);

    /// <summary>Closes the session.</summary>
    public ValueTask DisposeAsync() => _held.DisposeAsync();

    async Task BeginAsync(string? snapshot, CancellationToken cancellationToken)
    {
        // A snapshot cannot be exported once there is a savepoint.
        var exported = await RunAsync(
        [
            "begin transaction isolation level repeatable read read only",
            .. snapshot is null ? [] : (string[])[$"set transaction snapshot {SqlLiteral.Quote(snapshot)}"],
            string.Create(CultureInfo.InvariantCulture, $"set local statement_timeout = {(long)_timeout.TotalMilliseconds}"),
            Settings,
            .. snapshot is null ? Export : [],
        ], static row => row.GetString(0), isInTransaction: false, cancellationToken);
        Snapshot = snapshot ?? exported[^1];
    }

    async Task<List<T>> RunAsync<T>(IEnumerable<string> statements, Func<NpgsqlDataReader, T> read, bool isInTransaction, CancellationToken cancellationToken)
    {
        try
        {
            // A server that has gone silent is not waited for longer than one that works.
            return await Deadline.RunAsync(ReadAsync, _timeout + TimeSpan.FromSeconds(5), cancellationToken);
        }
        catch (PostgresException refusal)
        {
            IsOpen = _held.Open.Session.State == ConnectionState.Open;
            if (isInTransaction && IsOpen)
            {
                await RunAsync(["rollback to savepoint question"], static row => row.FieldCount, isInTransaction: false, cancellationToken);
            }

            throw new ComparisonException(Target, new(Redact(refusal.SqlState), Redact(refusal.MessageText), refusal.Hint is { } hint ? Redact(hint) : null), refusal);
        }
        catch (Exception exception) when (exception is NpgsqlException or IOException or InvalidOperationException && !cancellationToken.IsCancellationRequested)
        {
            IsOpen = false;
            throw new ComparisonException(Target, ServerError.ConnectionLost(Redact(exception.GetBaseException().Message)), exception);
        }
        catch (Exception exception) when (exception is FormatException or InvalidCastException or OverflowException)
        {
            // The rest of its answer is not read.
            IsOpen = false;
            throw new ComparisonException(Target, ServerError.ProtocolViolation, exception);
        }
        catch (TimeoutException exception)
        {
            // Its answer may still come, and nobody reads it.
            IsOpen = false;
            throw new ComparisonException(Target, ServerError.NoTimeLeft, exception);
        }

        async Task<List<T>> ReadAsync(CancellationToken limit)
        {
            List<T> rows = [];
            // The time limit is kept here and by the server.
            await using var batch = new NpgsqlBatch(_held.Open.Session) { Timeout = 0 };
            foreach (var statement in statements)
            {
                batch.BatchCommands.Add(new(statement));
            }

            await using var reader = await batch.ExecuteReaderAsync(limit);
            do
            {
                while (await reader.ReadAsync(limit))
                {
                    rows.Add(read(reader));
                }
            }
            while (await reader.NextResultAsync(limit));
            return rows;
        }
    }

    string Target => _held.Open.Connection.Target;

    string Redact(string text) => _held.Open.Connection.Redact(text);
}
