using LangSmithPg.Findings;
using LangSmithPg.Readiness;

namespace LangSmithPg.Health;

/// <summary>Turns a look at a server and its health into a report.</summary>
static class HealthEvaluator
{
    // What both checks ask: whether one can log in, for how long, and what stops a server that otherwise looks healthy.
    static readonly string[] Shared =
        ["Connection", "Tls.Validity", "Role.ValidUntil", "Server.Health", "Server.SynchronousStandby", "Database.PreparedTransactions", "Database.CollationVersion"];

    /// <summary>Evaluates.</summary>
    /// <param name="look">The look.</param>
    /// <param name="today">The day for which dates are evaluated.</param>
    /// <param name="neededConnections">The connections that a budget counts for the server, or null.</param>
    /// <param name="baseline">The databases of an earlier report, or null when none was specified.</param>
    public static ReadinessReport Evaluate(HealthLook look, DateOnly today, int? neededConnections = null, IReadOnlyList<ReadinessReport>? baseline = null)
    {
        var observation = look.Observation;
        var own = ReadinessEvaluator.Evaluate(observation, today).Findings.Where(finding => Shared.Contains(finding.Id) || finding.Id.StartsWith("Cloud.", StringComparison.Ordinal));
        var (server, facts) = (observation.Facts, look.Facts);
        IReadOnlyList<Finding> findings = observation.Failure is null && server is not null && facts is not null
            ? [.. own, .. HealthRules.Evaluate(new(observation.Connection, server, facts)
            {
                NeededConnections = neededConnections,
                Baseline = baseline is null ? null : new(FiguresOf(baseline, observation.Connection.Target)),
            })]
            : [.. own];
        return ReadinessReport.Of(observation.Connection, findings, server, observation.Elapsed) with { Kind = ReportKind.Health, Figures = FiguresOf(facts) };
    }

    static DatabaseFigures? FiguresOf(IReadOnlyList<ReadinessReport> baseline, string target) =>
        baseline.Where(report => report.Target == target).Select(report => report.Figures).LastOrDefault(figures => figures is not null);

    static DatabaseFigures? FiguresOf(HealthFacts? facts) => facts is { Activity.Facts: { } activity, DatabaseBytes: { } bytes }
        ? new(activity.Time.UtcDateTime, bytes, (facts.Objects.Facts?.LargestTables ?? []).Select(HealthText.Figure).ToArray())
        : null;
}
