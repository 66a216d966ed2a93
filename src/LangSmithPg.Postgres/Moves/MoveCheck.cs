using LangSmithPg.Connections;
using LangSmithPg.Moves;
using LangSmithPg.Postgres.Servers;

namespace LangSmithPg.Postgres.Moves;

/// <summary>Looks at both sides of a move at the same time. Leaves nothing changed.</summary>
static class MoveCheck
{
    /// <summary>Looks.</summary>
    /// <param name="source">The database that is moved.</param>
    /// <param name="sourceOptions">How to connect to it.</param>
    /// <param name="target">The database that it is moved to.</param>
    /// <param name="targetOptions">How to connect to it.</param>
    /// <param name="cancellationToken">Ends it within moments.</param>
    public static async Task<(MoveLook Source, MoveLook Target)> RunAsync(
        PgConnectionString source, SessionOptions sourceOptions, PgConnectionString target, SessionOptions targetOptions, CancellationToken cancellationToken)
    {
        var from = LookAsync(source, sourceOptions, cancellationToken);
        var to = LookAsync(target, targetOptions, cancellationToken);
        await Task.WhenAll(from, to);
        return (await from, await to);
    }

    /// <summary>Looks at one side.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="options">How to connect.</param>
    /// <param name="cancellationToken">Ends it within moments.</param>
    public static async Task<MoveLook> LookAsync(PgConnectionString connection, SessionOptions options, CancellationToken cancellationToken)
    {
        var (observation, facts) = await ServerSession.UseAsync<MoveFacts>(
            connection, options, async (open, limit) => await MoveQuery.AskAsync(open, limit), cancellationToken);
        return new(observation, facts);
    }
}
