using System.Data;
using System.Globalization;
using Npgsql;

namespace LangSmithPg.Postgres.Servers;

/// <summary>
/// The one way to ask a server without changing it: a read-only transaction that the server itself limits in time, in one round trip. Its
/// search path is pg_catalog alone: nothing that a database's owner put there runs with the rights of the role that asks.
/// </summary>
static class ReadOnlyQuery
{
    // Timeouts as the session began, whatever another client of a pooler has set since: null is the default. That of statements is kept
    // as a fact before this transaction gets a limit.
    const string ResetTimeouts =
        // What is compiled for a single run takes longer than the run.
        "select pg_catalog.set_config('standard_conforming_strings', 'on', true), pg_catalog.set_config('jit', 'off', true), "
        + "pg_catalog.set_config('idle_in_transaction_session_timeout', null, true), pg_catalog.set_config('lock_timeout', null, true), "
        + "pg_catalog.set_config('statement_timeout', null, true), "
        + "pg_catalog.set_config('langsmithpg.statement_timeout', pg_catalog.current_setting('statement_timeout'), true)";

    // A database's owner may put a schema of their own before pg_catalog. The search path is kept as a fact first.
    const string SetSearchPath =
        "pg_catalog.set_config('langsmithpg.search_path', pg_catalog.to_json(pg_catalog.current_schemas(true))::pg_catalog.text, true), "
        + "pg_catalog.set_config('search_path', 'pg_catalog', true)";

    /// <summary>Creates the batch.</summary>
    /// <param name="session">The session, in no transaction.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="queries">The queries.</param>
    public static NpgsqlBatch Create(NpgsqlConnection session, TimeSpan timeout, params IEnumerable<NpgsqlBatchCommand> queries)
    {
        var milliseconds = ((long)Math.Max(1, timeout.TotalMilliseconds)).ToString(CultureInfo.InvariantCulture);
        var batch = new NpgsqlBatch(session);
        batch.BatchCommands.Add(new("begin transaction read only"));
        // All at once: the limit that holds until then may be a moment.
        batch.BatchCommands.Add(new($"{ResetTimeouts}, {SetSearchPath}, pg_catalog.set_config('statement_timeout', '{milliseconds}', true)"));
        foreach (var query in queries)
        {
            batch.BatchCommands.Add(query);
        }

        batch.BatchCommands.Add(new("commit"));
        return batch;
    }

    /// <summary>Executes a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A reader at the result of the first query, before its first row.</returns>
    public static async Task<NpgsqlDataReader> ExecuteAsync(NpgsqlBatch batch, CancellationToken cancellationToken)
    {
        var reader = await batch.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken);
        try
        {
            await reader.NextResultAsync(cancellationToken);
            return reader;
        }
        catch
        {
            await reader.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks for one JSON document.</summary>
    /// <param name="session">The session, in no transaction.</param>
    /// <param name="text">The query.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<string> ReadTextAsync(
        NpgsqlConnection session, string text, IEnumerable<string> parameters, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var query = new NpgsqlBatchCommand(text);
        query.Parameters.AddRange(parameters.Select(value => new NpgsqlParameter { Value = value }).ToArray());
        await using var batch = Create(session, timeout, query);
        await using var reader = await ExecuteAsync(batch, cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return await BoundedText.ReadAsync(reader, cancellationToken);
    }
}
