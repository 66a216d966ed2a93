using LangSmithPg.Common;
using LangSmithPg.Reports.Comparison;

namespace LangSmithPg.Formatting;

/// <summary>A comparison of reports as text for the terminal: what changed, database by database, and last the verdict.</summary>
static class ComparisonView
{
    const int KindWidth = 14;

    static readonly ChangeKind[] WorstFirst = [.. Enum.GetValues<ChangeKind>().OrderDescending()];

    /// <summary>Writes the comparison, line by line.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="width">Width of the terminal in characters.</param>
    public static IEnumerable<string> Lines(ReportComparison comparison, int width)
    {
        var databases = comparison.Changes.GroupBy(change => (change.Target, change.UserName, change.Schema)).ToList();
        foreach (var database in databases)
        {
            var isAlone = databases.Count(other => other.Key.Target == database.Key.Target) == 1;
            string?[] names = isAlone ? [database.Key.Target] : [database.Key.Target, database.Key.UserName, database.Key.Schema];
            foreach (var line in FilledLines.Of([VisibleText.Line(string.Join(", ", names.OfType<string>()))], width - 1, "    "))
            {
                yield return Ansi.Bold(line);
            }

            yield return "";
            foreach (var line in Lines([.. database], width))
            {
                yield return line;
            }

            yield return "";
        }

        foreach (var line in FilledLines.Of(comparison.Verdict, width - 1))
        {
            yield return Ansi.Color(ColorOf(comparison), line);
        }
    }

    static IEnumerable<string> Lines(IReadOnlyList<ReportChange> changes, int width)
    {
        var own = changes.Where(change => change.CausedBy is null).ToList();
        // What these are, the id says.
        var named = own.Where(change => change.Change is ChangeKind.Unchanged or ChangeKind.NotCompared && change.Id is not null).ToList();
        var told = own.Except(named).ToList();
        var idWidth = told.Select(change => change.Id?.Length + 2 ?? 0).DefaultIfEmpty().Max();
        return
        [
            .. WorstFirst.SelectMany(kind => told.Where(change => change.Change == kind))
                .SelectMany(change => Lines(change, (change.Id ?? "").PadRight(idWidth), Text(change, changes), width)),
            .. WorstFirst.SelectMany(kind => named.Where(change => change.Change == kind).GroupBy(change => change.Reason)
                .SelectMany(group => Lines(group.First(), "", $"{group.Key}{(group.Key is null ? "" : " ")}{string.Join(", ", group.Select(change => change.Id))}", width))),
        ];
    }

    static IEnumerable<string> Lines(ReportChange change, string id, string text, int width)
    {
        var indent = 2 + KindWidth + id.Length;
        var head = $"  {Ansi.Color(ColorOf(change), Name(change.Change).PadRight(KindWidth))}{id}";
        return FilledLines.Of(VisibleText.Line(text), width - indent - 1).Select((line, index) => (index == 0 ? head : new(' ', indent)) + line);
    }

    static string Text(ReportChange change, IReadOnlyList<ReportChange> all)
    {
        var message = change switch
        {
            { Id: null, Change: ChangeKind.New } => $"Not in the earlier report; now {change.NewMessage}.",
            { Id: null } => $"Not in the later report; was {change.OldMessage}.",
            { OldStatus: { } old, NewStatus: { } now } => $"Was {(change.WasAccepted ? "accepted" : old)}, now {now}. {change.NewMessage}",
            { NewStatus: { } now } => $"{now}. {change.NewMessage}",
            _ => $"Was {change.OldStatus}. {change.OldMessage}",
        };
        message = change.Accepted is null ? message : $"{message} {change.Accepted}";
        return (all.Count(other => change.Id is not null && other.CausedBy == change.Id && other.Change == change.Change), change.Change) switch
        {
            (0, _) => message,
            (1, ChangeKind.Better or ChangeKind.Gone) => $"{message} 1 other finding followed from it.",
            (var count, ChangeKind.Better or ChangeKind.Gone) => $"{message} {count} other findings followed from it.",
            (1, _) => $"{message} 1 other finding follows from this.",
            var (count, _) => $"{message} {count} other findings follow from this.",
        };
    }

    static string Name(ChangeKind kind) => kind == ChangeKind.NotCompared ? "Not compared" : kind.ToString();

    static FindingStatus ColorOf(ReportChange change) => change.Change switch
    {
        ChangeKind.Worse => FindingStatus.Fail,
        ChangeKind.New => change.NewStatus ?? FindingStatus.Unknown,
        ChangeKind.Better => FindingStatus.Pass,
        ChangeKind.Unchanged => FindingStatus.NotApplicable,
        _ => FindingStatus.Unknown,
    };

    static FindingStatus ColorOf(ReportComparison comparison) => comparison switch
    {
        { IsWorse: true } => FindingStatus.Fail,
        { IsComplete: false } or { NewCount: > 0 } => FindingStatus.Warning,
        _ => FindingStatus.Pass,
    };
}
