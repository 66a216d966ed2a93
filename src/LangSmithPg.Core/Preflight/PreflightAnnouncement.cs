using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Findings;
using LangSmithPg.Readiness;

namespace LangSmithPg.Preflight;

/// <summary>What a container of a preflight with several databases says of itself before it begins, and after its result.</summary>
/// <param name="RunId">What its result has, too.</param>
/// <param name="Purpose">The database that it tests.</param>
/// <param name="All">All databases of the preflight, as the text has them.</param>
sealed record PreflightAnnouncement(string RunId, DatabasePurpose Purpose, string All)
{
    /// <summary>A report for each database that should have left a result and has not: it is not known to be ready.</summary>
    /// <param name="announcements">What the containers of a log said.</param>
    /// <param name="received">The runs whose results were read.</param>
    public static IEnumerable<ReadinessReport> Missing(IReadOnlyList<PreflightAnnouncement> announcements, IReadOnlySet<string> received)
    {
        ArgumentNullException.ThrowIfNull(announcements);
        // A log may be that of several clusters, or of several runs: as many as the database has that left the most.
        foreach (var preflight in announcements.GroupBy(one => one.All))
        {
            var count = preflight.GroupBy(one => one.Purpose).Max(one => one.Count());
            foreach (var purpose in PreflightLog.Purposes(preflight.Key))
            {
                foreach (var report in Enumerable.Repeat(NoResult(purpose), Math.Max(0, count - preflight.Count(one => one.Purpose == purpose && received.Contains(one.RunId)))))
                {
                    yield return report;
                }
            }
        }
    }

    static ReadinessReport NoResult(DatabasePurpose purpose) => new()
    {
        Target = $"{purpose}",
        Purpose = purpose,
        IsFromPreflight = true,
        Findings =
        [
            new()
            {
                Id = "Connection",
                Status = FindingStatus.Unknown,
                Target = $"{purpose}",
                Message = $"The log has no result for {purpose}.",
                Why = "The preflight tests several databases, each in a container of its own. That of this one has not finished, or its log is not part of this one.",
                Fix = $"After all jobs are complete, read the logs of all their containers: kubectl logs -l {PreflightJob.Label} --all-containers --tail=-1. If a pod does not start, run kubectl describe job and kubectl describe pod to see the reason.",
                Source = DatabaseRequirements.Of(purpose).Documentation,
            },
        ],
    };
}
