using LangSmithPg.Connections;
using LangSmithPg.Health;
using LangSmithPg.Postgres.Servers;

namespace LangSmithPg.Postgres.Health;

/// <summary>Looks at a server and its health in one session. Leaves nothing changed.</summary>
static class HealthCheck
{
    /// <summary>Looks.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="options">How to connect.</param>
    /// <param name="cancellationToken">Ends it within moments.</param>
    public static async Task<HealthLook> LookAsync(PgConnectionString connection, SessionOptions options, CancellationToken cancellationToken)
    {
        var (observation, facts) = await ServerSession.UseAsync<HealthFacts>(
            connection, options, async (open, limit) => await new HealthQuery(open).AskAsync(limit), cancellationToken);
        return new(observation, facts);
    }
}
