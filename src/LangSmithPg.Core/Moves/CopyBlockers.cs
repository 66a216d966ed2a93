using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Readiness;

namespace LangSmithPg.Moves;

/// <summary>What keeps a database from being copied.</summary>
static class CopyBlockers
{
    // With these, the copy fails or destroys something, whatever somebody wants.
    static readonly string[] Final = ["Connection", "Database.Encoding", "Server.Product", "Server.Writable"];

    // Somebody may know better, or copy for a test while LangSmith runs.
    static readonly string[] Overridable = ["Move.Writers"];

    // Not to know them is no reason to go on without being asked.
    static readonly string[] HaveToBeKnown = ["Move.Writers", "Move.Extensions", "Move.Source"];

    /// <summary>Finds them.</summary>
    /// <param name="report">The check of both sides.</param>
    /// <param name="force">Whether those that may be overridden are.</param>
    /// <param name="resumes">Whether the target holds what an earlier restore left there.</param>
    public static IReadOnlyList<Finding> Find(ReadinessReport report, bool force, bool resumes) =>
    [
        .. report.Findings.Where(finding => finding.Accepted is null && IsBlocker(finding)
            && !(force && MayBeOverridden(finding)) && !(resumes && finding.Id == "Move.TargetEmpty")),
    ];

    static bool IsBlocker(Finding finding) => finding.Status == FindingStatus.Fail || (finding.Status == FindingStatus.Unknown && HaveToBeKnown.Contains(finding.Id));

    static bool MayBeOverridden(Finding finding) => finding.Status == FindingStatus.Unknown || Overridable.Contains(finding.Id)
        || !(finding.Id.StartsWith(MoveEvaluator.Prefix, StringComparison.Ordinal) || Final.Contains(finding.Id));
}
