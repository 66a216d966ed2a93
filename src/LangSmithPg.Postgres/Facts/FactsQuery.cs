using System.Globalization;
using System.Text.Json;
using LangSmithPg.Servers;
using Npgsql;

namespace LangSmithPg.Postgres.Facts;

/// <summary>Asks a server for its facts: everything in one round trip, in a read-only transaction that the server itself limits in time.</summary>
static class FactsQuery
{
    // Timeouts as the session began, whatever another client of a pooler's has set since: null is the default. That of statements is
    // kept as a fact before this transaction gets a limit.
    const string ResetTimeouts =
        "select pg_catalog.set_config('idle_in_transaction_session_timeout', null, true), pg_catalog.set_config('lock_timeout', null, true), "
        + "pg_catalog.set_config('statement_timeout', null, true), "
        + "pg_catalog.set_config('langsmithpg.statement_timeout', pg_catalog.current_setting('statement_timeout'), true)";

    // A database's owner may put a schema of their own before pg_catalog: none of its functions and operators must run with the rights
    // of whoever looks. The search path is kept as a fact first.
    const string ShieldFromSearchPath =
        "select pg_catalog.set_config('langsmithpg.search_path', pg_catalog.to_json(pg_catalog.current_schemas(true))::pg_catalog.text, true), "
        + "pg_catalog.set_config('search_path', 'pg_catalog', true)";

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
                new("select pg_catalog.version()"),
                new(ResetTimeouts),
                new($"{ShieldFromSearchPath}, pg_catalog.set_config('statement_timeout', '{milliseconds}', true)"),
                new(Text) { Parameters = { new() { Value = schema } } },
                new("commit"),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var version = reader.GetString(0);
        try
        {
            // Past what was kept.
            await reader.NextResultAsync(cancellationToken);
            await reader.NextResultAsync(cancellationToken);
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
