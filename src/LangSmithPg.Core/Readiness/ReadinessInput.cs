using LangSmithPg.Connections;
using LangSmithPg.Servers;

namespace LangSmithPg.Readiness;

/// <summary>Everything a rule may look at.</summary>
/// <param name="Connection">How LangSmith is to connect.</param>
/// <param name="Facts">What the server says.</param>
/// <param name="Today">The day for which support dates are judged.</param>
public sealed record ReadinessInput(PgConnectionString Connection, ServerFacts Facts, DateOnly Today)
{
    /// <summary>The server and database, without user or secrets.</summary>
    public string Target => Connection.Target;
}
