using LangSmithPg.Common;
using LangSmithPg.Readiness;

namespace LangSmithPg.Reports.Comparison;

/// <summary>Compares reports of the same databases from two times.</summary>
static class FleetComparer
{
    /// <summary>Compares.</summary>
    /// <param name="earlier">The earlier reports.</param>
    /// <param name="later">The later reports.</param>
    /// <param name="since">When the earlier reports were written, or null where it is not known.</param>
    /// <param name="includeUnchanged">Whether what needs no attention is listed, too.</param>
    public static ReportComparison Compare(
        IReadOnlyList<ReadinessReport> earlier, IReadOnlyList<ReadinessReport> later, DateTimeOffset? since, bool includeUnchanged)
    {
        var pairs = DatabasePair.Of(DatabasePair.LastOfEach(earlier), DatabasePair.LastOfEach(later));
        List<ReportChange> changes = [.. pairs.SelectMany(Changes)];
        return new()
        {
            Since = since?.UtcDateTime,
            Changes = changes.Where(change => includeUnchanged || change.NeedsAttention).ToArray(),
            DatabaseCount = pairs.Count(pair => pair is { Earlier: not null, Later: not null }),
            UnchangedCount = changes.Count(change => change.Change == ChangeKind.Unchanged),
            NotComparedCount = changes.Count(change => change.Change == ChangeKind.NotCompared),
        };
    }

    static IEnumerable<ReportChange> Changes(DatabasePair pair) => pair switch
    {
        { Earlier: { } earlier, Later: { } later } => new FindingComparer(earlier, later).Changes(),
        { Later: { } added } => [Database(added, ChangeKind.New) with { NewStatus = StatusOf(added), NewMessage = added.Verdict }],
        { Earlier: { } removed } => [Database(removed, ChangeKind.Gone) with { OldStatus = StatusOf(removed), OldMessage = removed.Verdict }],
        _ => [],
    };

    static ReportChange Database(ReadinessReport report, ChangeKind change) =>
        new() { Target = report.Target, UserName = report.UserName, Schema = report.Schema, Change = change };

    // A database that is not known to be ready is none that only has warnings.
    static FindingStatus StatusOf(ReadinessReport report) => report.IsReady || report.Status == FindingStatus.Fail ? report.Status : FindingStatus.Unknown;
}
