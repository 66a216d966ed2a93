using LangSmithPg.Common;
using LangSmithPg.Findings;

namespace LangSmithPg.Readiness.Rules;

/// <summary>Whether the server lets the role see what several other rules judge by.</summary>
sealed class HealthRule : IReadinessRule
{
    public IEnumerable<Finding> Evaluate(ReadinessInput input)
    {
        var isSeen = input.Facts.Health is not null;
        yield return input.Finding("Server.Health", isSeen ? FindingStatus.Pass : FindingStatus.Unknown,
            $"The server {(isSeen ? "lets" : "does not let")} role {input.Facts.Role.Name} see its standbys, slots, prepared transactions and collations.") with
        {
            Evidence = input.Facts.HealthError,
            Why = "Each of them can stop a server that otherwise looks healthy.",
            Fix = isSeen ? null : "Ask the server's administrator, or run the check as a role with pg_monitor.",
        };
    }
}
