using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Readiness;

namespace LangSmithPg.Reports.Comparison;

/// <summary>Compares the findings of one database in two reports.</summary>
sealed class FindingComparer(ReadinessReport earlier, ReadinessReport later)
{
    readonly Dictionary<(string Id, int Number), Finding> _before = ById(earlier);
    readonly Dictionary<(string Id, int Number), Finding> _after = ById(later);

    /// <summary>What became of each finding: those of the later report in their order, then those that only the earlier one has.</summary>
    public IReadOnlyList<ReportChange> Changes()
    {
        List<ReportChange> changes =
        [
            .. _after.Select(one => Change(_before.GetValueOrDefault(one.Key), one.Value)),
            .. _before.Where(one => !_after.ContainsKey(one.Key)).Select(one => Change(one.Value, null)),
        ];
        // A cause that did not change is no explanation of a change.
        var changed = changes.Where(change => change.CausedBy is null).Select(change => (change.Id, change.Change)).ToHashSet();
        return [.. changes.Select(change => change.CausedBy is null || changed.Contains((change.CausedBy, change.Change)) ? change : change with { CausedBy = null })];
    }

    ReportChange Change(Finding? before, Finding? after)
    {
        var kind = KindOf(before, after);
        return new()
        {
            Target = later.Target,
            UserName = later.UserName,
            Schema = later.Schema,
            Id = (after ?? before)!.Id,
            Change = kind,
            OldStatus = before?.Status,
            NewStatus = after?.Status,
            OldMessage = before?.Message,
            NewMessage = after?.Message,
            Reason = kind != ChangeKind.NotCompared ? null
                : after is null && later.IsUnchecked ? "The database could not be checked."
                : $"Findings were left out of the {(after is null ? "later" : "earlier")} report: -MinimumStatus.",
            CausedBy = after?.CausedBy ?? (kind is ChangeKind.Better or ChangeKind.Gone or ChangeKind.NotCompared ? before?.CausedBy : null),
            WasAccepted = before?.Accepted is not null,
            Accepted = after?.Accepted,
            Fix = after?.Fix,
        };
    }

    ChangeKind KindOf(Finding? before, Finding? after) => (before, after) switch
    {
        // An acceptance that has ended: what did not count before does now.
        ({ Accepted: not null }, { Accepted: null, Status: > FindingStatus.Pass } now) when Rank(now.Status) >= Rank(before!.Status) => ChangeKind.Worse,
        ({ } old, { } now) => Rank(now.Status).CompareTo(Rank(old.Status)) switch
        {
            > 0 => ChangeKind.Worse,
            < 0 => ChangeKind.Better,
            _ => ChangeKind.Unchanged,
        },
        // Whatever the earlier report left out, none of it was as bad as this.
        (null, { } now) => earlier.LeftOut is { Count: > 0 } left && Rank(now.Status) <= left.Max(Rank) ? ChangeKind.NotCompared : ChangeKind.New,
        _ => later.IsUnchecked || later.LeftOut.Count > 0 ? ChangeKind.NotCompared : ChangeKind.Gone,
    };

    // What does not apply is as good as what passed.
    static int Rank(FindingStatus status) => (int)(status == FindingStatus.NotApplicable ? FindingStatus.Pass : status);

    // Ids of a report that was read from a file need not be unique.
    static Dictionary<(string Id, int Number), Finding> ById(ReadinessReport report) => report.Findings
        .GroupBy(finding => finding.Id, StringComparer.Ordinal)
        .SelectMany(group => group.Select((finding, index) => (Key: (group.Key, index), finding)))
        .ToDictionary(one => one.Key, one => one.finding);
}
