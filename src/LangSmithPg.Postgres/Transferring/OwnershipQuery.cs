using System.Globalization;
using LangSmithPg.Ownership;
using LangSmithPg.Postgres.Facts;
using Npgsql;

namespace LangSmithPg.Postgres.Transferring;

/// <summary>Asks a server for what a role owns, in a read-only transaction that the server itself limits in time.</summary>
static class OwnershipQuery
{
    static readonly string Text = SqlResource.Read("transfer.sql");

    public static async Task<OwnershipFacts> AskAsync(
        NpgsqlConnection session, OwnershipRequest request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var milliseconds = ((long)Math.Max(1, timeout.TotalMilliseconds)).ToString(CultureInfo.InvariantCulture);
        await using var batch = new NpgsqlBatch(session)
        {
            BatchCommands =
            {
                new("begin transaction read only"),
                new($"set local statement_timeout = {milliseconds}"),
                new("set local search_path to pg_catalog"),
                new(Text) { Parameters = { new() { Value = request.From }, new() { Value = request.To } } },
                new("commit"),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return OwnershipFactsJson.Read(reader.GetString(0));
    }
}
