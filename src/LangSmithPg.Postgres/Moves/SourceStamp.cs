using LangSmithPg.Connections;
using LangSmithPg.Moves.Job;
using LangSmithPg.Postgres.Servers;

namespace LangSmithPg.Postgres.Moves;

/// <summary>The fingerprint of a source: a dump is used again only where it is still the same.</summary>
static class SourceStamp
{
    /// <summary>Takes it.</summary>
    /// <param name="connection">The source.</param>
    /// <param name="options">How to connect.</param>
    /// <param name="cancellationToken">Ends it within moments.</param>
    /// <returns>The fingerprint; or null where it tells nothing, as other sessions use the source or it cannot be asked.</returns>
    public static async Task<string?> TakeAsync(PgConnectionString connection, SessionOptions options, CancellationToken cancellationToken)
    {
        var (observation, stamp) = await ServerSession.UseAsync<string>(
            connection, options,
            async (open, limit) =>
            {
                var facts = await MoveQuery.AskAsync(open, limit);
                return facts.Sessions.Any(session => !session.Application.StartsWith("LangSmithPg", StringComparison.Ordinal))
                    ? null
                    : await ReadOnlyQuery.ReadTextAsync(open.Session, MoveScripts.State, [], open.Left, limit);
            },
            cancellationToken);
        return observation.Failure is null ? stamp : null;
    }
}
