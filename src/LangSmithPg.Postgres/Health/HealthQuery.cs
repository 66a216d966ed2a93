using System.Data;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using LangSmithPg.Health;
using LangSmithPg.Health.Rules;
using LangSmithPg.Postgres.Servers;
using LangSmithPg.Sql;
using Npgsql;

namespace LangSmithPg.Postgres.Health;

/// <summary>Asks a server what its health shows in: each part in a read-only transaction of its own, so that what one may not do costs that part alone.</summary>
/// <param name="open">The session.</param>
sealed class HealthQuery(OpenSession open)
{
    // A page of PostgreSQL. One that was built with another size has other limits, by as much.
    const long Page = 8192;

    // Whoever has more to do at the moment goes first.
    const string LockTimeout = "select pg_catalog.set_config('lock_timeout', '1000', true)";

    const int FirstMajorWithCheckpointer = 17;

    const string Size = "select pg_catalog.pg_database_size(pg_catalog.current_database())::text";

    static readonly string Activity = SqlResource.Read("server-health.sql");
    static readonly string ActivityWithCheckpointer = Activity.Replace("/*checkpoints*/pg_catalog.pg_stat_bgwriter", "pg_catalog.pg_stat_checkpointer", StringComparison.Ordinal);
    static readonly string Objects = SqlResource.Read("object-health.sql");
    static readonly string Sequences = SqlResource.Read("sequence-health.sql");
    static readonly string Traces = SqlResource.Read("trace-health.sql");

    readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>Asks.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<HealthFacts> AskAsync(CancellationToken cancellationToken) => new(
        // The quick ones first: each may take half of the time that is left.
        await AskAsync(open.Facts.Server.Major >= FirstMajorWithCheckpointer ? ActivityWithCheckpointer : Activity, HealthFactsJson.ReadActivity, [], cancellationToken),
        await AskAsync(Objects, HealthFactsJson.ReadObjects, [DeadRowsRule.Least, (long)DeadRowsRule.Factor, UnusedIndexRule.LeastBytes / Page, DuplicateIndexRule.LeastBytes / Page], cancellationToken),
        await AskAsync(Sequences, HealthFactsJson.ReadSequences, [SequenceRule.MostRead], cancellationToken),
        await CountTracesAsync(cancellationToken))
    {
        DatabaseBytes = (await AskAsync(Size, text => text, [], cancellationToken)).Facts is { } bytes ? long.Parse(bytes, CultureInfo.InvariantCulture) : null,
    };

    async Task<HealthPart<TraceFacts>> CountTracesAsync(CancellationToken cancellationToken)
    {
        var traces = await AskAsync(Traces, HealthFactsJson.ReadTraces, [open.Connection.Schema], cancellationToken);
        if (traces.Facts is not { IsReadable: true, IsCheap: true } facts)
        {
            return traces;
        }

        var count = $"select pg_catalog.count(*)::text from (select from {SqlIdentifier.Quote(open.Connection.Schema)}.trace_count_transactions where status::pg_catalog.text = 'failed' limit {TraceFacts.MostCounted}) as failed";
        return await AskAsync(count, text => facts with { Failed = int.Parse(text, CultureInfo.InvariantCulture) }, [], cancellationToken);
    }

    // What takes too long, is locked or not allowed leaves the other parts.
    async Task<HealthPart<T>> AskAsync<T>(string text, Func<string, T> read, IEnumerable<object> parameters, CancellationToken cancellationToken)
        where T : class
    {
        var query = new NpgsqlBatchCommand(text);
        query.Parameters.AddRange(parameters.Select(value => new NpgsqlParameter { Value = value }).ToArray());
        try
        {
            await using var batch = ReadOnlyQuery.Create(open.Session, (open.Left - _clock.Elapsed) / 2, new(LockTimeout), query);
            await using var reader = await ReadOnlyQuery.ExecuteAsync(batch, cancellationToken);
            await reader.NextResultAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            return new(read(await BoundedText.ReadAsync(reader, cancellationToken)), null);
        }
        catch (PostgresException refusal) when (open.Session.State == ConnectionState.Open && !cancellationToken.IsCancellationRequested)
        {
            await using var rollback = new NpgsqlCommand("rollback", open.Session);
            await rollback.ExecuteNonQueryAsync(cancellationToken);
            return new(null, open.Connection.Redact(refusal.MessageText));
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            return new(null, "The server's answer is not understood.");
        }
    }
}
