using LangSmithPg.Common;
using System.Text.Json.Nodes;
using LangSmithPg.Connections;
using LangSmithPg.Moves;
using LangSmithPg.Moves.Job;
using LangSmithPg.Postgres.Servers;
using Npgsql;

namespace LangSmithPg.Postgres.Moves;

/// <summary>Empties a target that a restore has filled in part. It was empty before.</summary>
static class TargetEmptying
{
    static readonly string Text = MoveScripts.Empty;

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Empties it.</summary>
    /// <param name="connection">The target.</param>
    /// <param name="options">How to connect; the time for the work is this method's own.</param>
    /// <param name="expected">What it was when it was checked: another database is left alone.</param>
    /// <param name="keptSchemas">The schemas that were there before.</param>
    /// <param name="application">What the sessions of the restore are called, as a pattern of LIKE.</param>
    /// <returns>What it holds then, or why it is not empty.</returns>
    public static async Task<(MoveFacts? Facts, string? Reason)> RunAsync(
        PgConnectionString connection, SessionOptions options, MoveFacts expected, IEnumerable<string> keptSchemas, string application)
    {
        var (observation, emptied) = await ServerSession.UseAsync<Emptied>(
            connection, options with { WorkTimeout = Patience }, async (open, limit) => await TryAsync(open, expected, keptSchemas, application, limit), CancellationToken.None);
        return observation.Failure is { } failure ? (null, string.Join(' ', new[] { failure.Message, failure.Detail }.OfType<string>()))
            : emptied!.Facts is { ObjectCount: > 0 } left ? (null, $"It still has {Listing.Count(left.ObjectCount, "object")}, such as {left.Objects[0]}.")
            : (emptied.Facts, emptied.Reason);
    }

    static async Task<Emptied> TryAsync(OpenSession open, MoveFacts expected, IEnumerable<string> keptSchemas, string application, CancellationToken limit)
    {
        try
        {
            var found = await MoveQuery.AskAsync(open, limit);
            if (found.DatabaseId != expected.DatabaseId || found.SystemIdentifier != expected.SystemIdentifier)
            {
                return new(Facts: null, "The connection leads to another server than before.");
            }

            return new(await EmptyAsync(open, keptSchemas, application, limit), Reason: null);
        }
        catch (PostgresException refusal)
        {
            return new(Facts: null, open.Connection.Redact(refusal.MessageText));
        }
    }

    static async Task<MoveFacts> EmptyAsync(OpenSession open, IEnumerable<string> keptSchemas, string application, CancellationToken limit)
    {
        // A worker that lost its client may still build an index.
        for (var isFirst = true; ; isFirst = false)
        {
            await using var end = new NpgsqlCommand(
                "select pg_catalog.count(pg_catalog.pg_terminate_backend(a.pid)) from pg_catalog.pg_stat_activity a where a.application_name operator(pg_catalog.~~) $1 and a.usename operator(pg_catalog.=) session_user and a.datname operator(pg_catalog.=) pg_catalog.current_database()", open.Session)
            {
                Parameters = { new() { Value = application } },
            };
            if (await end.ExecuteScalarAsync(limit) is 0L && !isFirst)
            {
                break;
            }

            await Task.Delay(Pause, limit);
        }

        await using (var set = new NpgsqlCommand("select pg_catalog.set_config('langsmithpg.kept_schemas', $1, false)", open.Session)
        {
            Parameters = { new() { Value = new JsonArray([.. keptSchemas.Select(name => JsonValue.Create(name))]).ToJsonString() } },
        })
        {
            await set.ExecuteNonQueryAsync(limit);
        }

        await using (var empty = new NpgsqlCommand(Text, open.Session) { CommandTimeout = 0 })
        {
            await empty.ExecuteNonQueryAsync(limit);
        }

        return await MoveQuery.AskAsync(open, limit);
    }

    sealed record Emptied(MoveFacts? Facts, string? Reason);
}
