using System.Globalization;
using System.Text.Json;
using LangSmithPg.Servers;
using Npgsql;

namespace LangSmithPg.Postgres.Facts;

/// <summary>Asks a server for its facts: everything in one round trip, in a read-only transaction that the server itself limits in time.</summary>
static class FactsQuery
{
    static readonly string Text = SqlResource.Read("facts.sql");

    /// <summary>Asks.</summary>
    /// <returns>The facts, or null with the version when the server is none that these facts can be had from.</returns>
    public static async Task<(ServerFacts? Facts, string Version)> AskAsync(
        NpgsqlConnection connection, string schema, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var milliseconds = ((long)Math.Max(1, timeout.TotalMilliseconds)).ToString(CultureInfo.InvariantCulture);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("begin transaction read only"),
                new($"set local statement_timeout = {milliseconds}"),
                new("select version()"),
                new(Text) { Parameters = { new() { Value = schema } } },
                new("commit"),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var version = reader.GetString(0);
        try
        {
            await reader.NextResultAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            return (ServerFactsJson.Read(reader.GetString(0)), version);
        }
        catch (Exception exception) when (!IsPostgreSql(version) && exception is PostgresException or JsonException)
        {
            return (null, version);
        }
    }

    static bool IsPostgreSql(string version) =>
        version.StartsWith("PostgreSQL ", StringComparison.Ordinal)
        && !version.Contains("Redshift", StringComparison.OrdinalIgnoreCase)
        && !version.Contains("-YB-", StringComparison.Ordinal);
}
