using System.Data;
using System.Globalization;
using System.Text.Json;
using LangSmithPg.Servers;
using Npgsql;

namespace LangSmithPg.Postgres.Servers;

/// <summary>Asks a server for its facts: everything in one round trip, in a read-only transaction that the server itself limits in time.</summary>
static class FactsQuery
{
    const int FirstMajorWithCollationVersions = 15;

    static readonly string Text = SqlResource.Read("facts.sql");
    static readonly string Health = SqlResource.Read("health.sql");

    static readonly string HealthWithCollation = Health
        .Replace("/*collation_version*/null", "db.datcollversion", StringComparison.Ordinal)
        .Replace("/*actual_collation_version*/null", "pg_database_collation_actual_version(db.oid)", StringComparison.Ordinal);

    /// <summary>Asks.</summary>
    /// <returns>The facts, or null with the version when the server is none that these facts can be had from.</returns>
    public static async Task<(ServerFacts? Facts, string Version)> AskAsync(
        NpgsqlConnection connection, string schema, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(connection, schema, timeout, readsControlFiles: true, cancellationToken);
        }
        catch (PostgresException first) when (connection.State == ConnectionState.Open && first.SqlState != PostgresErrorCodes.QueryCanceled)
        {
            try
            {
                await RollBackAsync(connection, cancellationToken);
                var (facts, version) = await AskAsync(connection, schema, timeout, readsControlFiles: false, cancellationToken);
                return (facts is null ? null : facts with { ControlFileError = first.MessageText }, version);
            }
            catch (PostgresException)
            {
                // It was not the control files. The first reason counts.
            }

            throw;
        }
    }

    static async Task<(ServerFacts? Facts, string Version)> AskAsync(
        NpgsqlConnection connection, string schema, TimeSpan timeout, bool readsControlFiles, CancellationToken cancellationToken)
    {
        await using var batch = ReadOnlyQuery.Create(
            connection, timeout, new("select pg_catalog.version()"),
            new(Text) { Parameters = { new() { Value = schema }, new() { Value = readsControlFiles } } },
            new(HasCollationVersions(connection) ? HealthWithCollation : Health) { Parameters = { new() { Value = schema } } });
        ServerFacts facts;
        string version;
        await using (var reader = await ReadOnlyQuery.ExecuteAsync(batch, cancellationToken))
        {
            await reader.ReadAsync(cancellationToken);
            version = await BoundedText.ReadAsync(reader, cancellationToken);
            try
            {
                await reader.NextResultAsync(cancellationToken);
                await reader.ReadAsync(cancellationToken);
                facts = ServerFactsJson.Read(await BoundedText.ReadAsync(reader, cancellationToken));
            }
            catch (Exception exception) when (!IsPostgreSql(version) && exception is PostgresException or JsonException)
            {
                return (null, version);
            }

            try
            {
                await reader.NextResultAsync(cancellationToken);
                await reader.ReadAsync(cancellationToken);
                return (facts with { Health = ServerFactsJson.ReadHealth(await BoundedText.ReadAsync(reader, cancellationToken)) }, version);
            }
            catch (PostgresException refusal) when (connection.State == ConnectionState.Open && refusal.SqlState != PostgresErrorCodes.QueryCanceled)
            {
                facts = facts with { HealthError = refusal.MessageText };
            }
        }

        await RollBackAsync(connection, cancellationToken);
        return (facts, version);
    }

    static async Task RollBackAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var rollback = new NpgsqlCommand("rollback", connection);
        await rollback.ExecuteNonQueryAsync(cancellationToken);
    }

    // A pooler hands on what the server says.
    static bool HasCollationVersions(NpgsqlConnection connection) =>
        int.TryParse(connection.ServerVersion.Split('.', ' ')[0], CultureInfo.InvariantCulture, out var major) && major >= FirstMajorWithCollationVersions;

    static bool IsPostgreSql(string version) =>
        version.StartsWith("PostgreSQL ", StringComparison.Ordinal)
        && !version.Contains("Redshift", StringComparison.OrdinalIgnoreCase)
        && !version.Contains("-YB-", StringComparison.Ordinal);
}
