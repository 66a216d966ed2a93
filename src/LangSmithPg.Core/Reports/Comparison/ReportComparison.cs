using LangSmithPg.Common;

namespace LangSmithPg.Reports.Comparison;

/// <summary>What changed between two reports of the same databases.</summary>
public sealed record ReportComparison
{
    /// <summary>When the earlier report was written, in UTC; null where it does not say.</summary>
    public DateTime? Since { get; init; }

    /// <summary>What changed, database by database.</summary>
    public required IReadOnlyList<ReportChange> Changes { get; init; }

    /// <summary>How many databases both reports have.</summary>
    public int DatabaseCount { get; init; }

    /// <summary>How many findings are as they were.</summary>
    public int UnchangedCount { get; init; }

    /// <summary>How many findings could not be compared.</summary>
    public int NotComparedCount { get; init; }

    /// <summary>How many findings are worse, without those that another one of them causes.</summary>
    public int WorseCount => Count(ChangeKind.Worse);

    /// <summary>How many findings that need attention are new, without those that another one of them causes.</summary>
    public int NewCount => Count(ChangeKind.New);

    /// <summary>How many findings are better, without those that another one of them caused.</summary>
    public int BetterCount => Count(ChangeKind.Better);

    /// <summary>How many findings that needed attention are gone, without those that another one of them caused.</summary>
    public int GoneCount => Count(ChangeKind.Gone);

    /// <summary>Whether a finding is worse, or something that is new fails: a finding, or a database that is not ready.</summary>
    public bool IsWorse => Changes.Any(change => change is { Accepted: null } and ({ Change: ChangeKind.Worse } or { Change: ChangeKind.New, NewStatus: FindingStatus.Fail }));

    /// <summary>Whether everything that the earlier report has was compared.</summary>
    public bool IsComplete => NotComparedCount == 0 && !Changes.Any(change => change is { Id: null, Change: ChangeKind.Gone });

    /// <summary>The counts in words.</summary>
    public string Verdict
    {
        get
        {
            var since = Since is { } time ? $"since {Prose.Utc(new(time, TimeSpan.Zero))}" : "since the earlier report";
            string[] counts =
            [
                .. Words(WorseCount, "worse"), .. Words(NewCount, "new"), .. Words(BetterCount, "better"), .. Words(GoneCount, "gone"),
            ];
            string[] sentences =
            [
                counts.Length > 0 ? $"{string.Join(", ", counts)} {since}." : $"{(DatabaseCount == 0 ? "Nothing was compared" : NotComparedCount > 0 ? "No known change" : "No change")} {since}.",
                .. Sentences(NotComparedCount, "1 finding was not compared.", "{0} findings were not compared."),
                .. Sentences(Databases(ChangeKind.New), "1 database is only in the later report.", "{0} databases are only in the later report."),
                .. Sentences(Databases(ChangeKind.Gone), "1 database is only in the earlier report.", "{0} databases are only in the earlier report."),
            ];
            return string.Join(' ', sentences);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Verdict;

    int Count(ChangeKind kind) => Changes.Count(change => change is { Id: not null, CausedBy: null, Accepted: null, NeedsAttention: true } && change.Change == kind);

    int Databases(ChangeKind kind) => Changes.Count(change => change.Id is null && change.Change == kind);

    static string[] Words(int count, string word) => count == 0 ? [] : [$"{count} {word}"];

    static string[] Sentences(int count, string one, string several) =>
        count switch { 0 => [], 1 => [one], _ => [several.Replace("{0}", $"{count}", StringComparison.Ordinal)] };
}
