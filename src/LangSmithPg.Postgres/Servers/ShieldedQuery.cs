using System.Data;
using System.Globalization;
using Npgsql;

namespace LangSmithPg.Postgres.Servers;

/// <summary>
/// A query that answers one JSON document, in a read-only transaction that the server itself limits in time. Its search path is
/// pg_catalog alone: nothing that a database's owner put there runs with the rights of whoever looks.
/// </summary>
static class ShieldedQuery
{
    /// <summary>What shields a transaction, or what is left of it.</summary>
    public const string Shield = "set local search_path to pg_catalog";

    /// <summary>Asks.</summary>
    /// <param name="session">The session, in no transaction.</param>
    /// <param name="text">The query.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<string> AskAsync(
        NpgsqlConnection session, string text, IEnumerable<string> parameters, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var milliseconds = ((long)Math.Max(1, timeout.TotalMilliseconds)).ToString(CultureInfo.InvariantCulture);
        var query = new NpgsqlBatchCommand(text);
        query.Parameters.AddRange(parameters.Select(value => new NpgsqlParameter { Value = value }).ToArray());
        await using var batch = new NpgsqlBatch(session)
        {
            BatchCommands = { new("begin transaction read only"), new($"set local statement_timeout = {milliseconds}"), new(Shield), query, new("commit") },
        };
        await using var reader = await batch.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return await BoundedText.ReadAsync(reader, cancellationToken);
    }
}
