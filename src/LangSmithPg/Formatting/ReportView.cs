using System.Globalization;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Findings;
using LangSmithPg.Readiness;

namespace LangSmithPg.Formatting;

/// <summary>
/// A readiness report on one screen: the problems without what they cause, the warnings, the names of what is unknown, and last, where the
/// screen ends, the verdict and what to do next.
/// </summary>
static class ReportView
{
    const int StatusWidth = 9;

    // With the verdict above and the prompt below, two thirds of a screen of 24 lines.
    const int MaximumFixLines = 14;

    /// <summary>Writes the report, line by line.</summary>
    /// <param name="report">The report.</param>
    /// <param name="width">Width of the terminal in characters.</param>
    public static IEnumerable<string> Lines(ReadinessReport report, int width) =>
        [.. Summary(report, width, isShort: false), .. report.IsReady ? [] : NextSteps(report, width, static _ => true)];

    /// <summary>Writes the findings and the verdict, without what to do next.</summary>
    /// <param name="report">The report.</param>
    /// <param name="width">Width of the terminal in characters.</param>
    /// <param name="isShort">Whether of warnings, too, only the names are shown.</param>
    public static IEnumerable<string> Summary(ReadinessReport report, int width, bool isShort) =>
        [.. Head(report, width), "", .. Findings(report, width, isShort), .. Passed(report, isShort ? "The report shows every finding." : "-Detailed shows every finding."), "", Verdict(report)];

    /// <summary>Writes the problems of one of several databases, without its verdict.</summary>
    /// <param name="report">The report.</param>
    /// <param name="width">Width of the terminal in characters.</param>
    public static IEnumerable<string> Problems(ReadinessReport report, int width) => [.. Head(report, width), .. Findings(report, width, isShort: true)];

    static IEnumerable<string> Head(ReadinessReport report, int width)
    {
        var version = report.ServerVersion is { } number ? $"PostgreSQL {VisibleText.Line(number)}, " : "";
        // Of LangSmith itself, nobody needs to be told.
        var purpose = report.Purpose == DatabasePurpose.LangSmith ? "" : $"{report.Purpose}, ";
        // What was not asked took no time.
        var time = report.Elapsed == TimeSpan.Zero ? "not tested" : $"{report.Elapsed.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture)} ms";
        var details = $"{purpose}{version}{time}";
        var target = VisibleText.Line(report.Target);
        return target.Length + 3 + details.Length < width
            ? [$"{Ansi.Bold(target)}   {details}"]
            : [.. FilledLines.Of([target], width - 1, "    ").Select(Ansi.Bold), $"    {details}"];
    }

    static IEnumerable<string> Findings(ReadinessReport report, int width, bool isShort)
    {
        var own = report.Attention.Where(finding => finding.CausedBy is null).ToList();
        // Where nothing failed and it is still not ready, what is unknown is the problem.
        var named = own.Where(finding => IsNamed(finding) && (report.IsReady || report.Status == FindingStatus.Fail)).ToList();
        var told = own.Except(named).ToList();
        var idWidth = told.Select(finding => finding.Id.Length).DefaultIfEmpty().Max() + 2;
        List<string> accepted = [.. report.Accepted.Select(finding => finding.Status == FindingStatus.Fail ? $"{finding.Id} (Fail)" : finding.Id)];
        return
        [
            .. told.SelectMany(finding => Lines(finding.Status, finding.Id.PadRight(idWidth), Message(report, finding), width)),
            // What these are, the id says; nothing of a message is cut.
            .. named.GroupBy(finding => finding.Status).SelectMany(group => Lines(group.Key, "", string.Join(", ", group.Select(finding => finding.Id)), width)),
            .. accepted.Count == 0 ? [] : Lines(FindingStatus.NotApplicable, "Accepted", "", string.Join(", ", accepted), width),
        ];

        bool IsNamed(Finding finding) => finding.Status == FindingStatus.Unknown || (isShort && finding.Status == FindingStatus.Warning);
    }

    static IEnumerable<string> Lines(FindingStatus status, string id, string text, int width) => Lines(status, status.ToString(), id, text, width);

    static IEnumerable<string> Lines(FindingStatus color, string label, string id, string text, int width)
    {
        var indent = 2 + StatusWidth + id.Length;
        var head = $"  {Ansi.Color(color, label.PadRight(StatusWidth))}{id}";
        return FilledLines.Of(text, width - indent - 1).Select((line, index) => (index == 0 ? head : new(' ', indent)) + line);
    }

    static string Message(ReadinessReport report, Finding finding) => report.ConsequencesOf(finding).Count() switch
    {
        0 => finding.Message,
        1 => $"{finding.Message} 1 other finding follows from this.",
        var count => $"{finding.Message} {count} other findings follow from this.",
    };

    static IEnumerable<string> Passed(ReadinessReport report, string hint) => report.PassCount == 0
        ? []
        : [$"  {Ansi.Color(FindingStatus.Pass, report.PassCount == 1 ? "1 check passed." : $"{report.PassCount} checks passed.")} {hint}"];

    static string Verdict(ReadinessReport report) => (report.IsReady, report.Status) switch
    {
        (true, _) => Ansi.Color(FindingStatus.Pass, $"Ready for {report.NextStep}.") + Accepted(report) + Review(report),
        (_, FindingStatus.Fail) => Ansi.Color(FindingStatus.Fail, report.Problems.Count switch
        {
            0 => "Not ready.",
            1 => "Not ready: 1 problem.",
            var count => $"Not ready: {count} problems.",
        }),
        _ => Ansi.Color(FindingStatus.Unknown, "Not known."),
    };

    static string Accepted(ReadinessReport report) => report.AcceptedCount switch
    {
        0 => "",
        1 => " 1 finding is accepted.",
        var count => $" {count} findings are accepted.",
    };

    static string Review(ReadinessReport report)
    {
        string[] open =
        [
            .. report.WarningCount switch { 0 => [], 1 => ["1 warning"], var count => new[] { $"{count} warnings" } },
            .. report.UnknownCount switch { 0 => [], 1 => ["1 unknown result"], var count => new[] { $"{count} unknown results" } },
        ];
        return open.Length == 0 ? "" : $" Review {string.Join(" and ", open)}.";
    }

    /// <summary>Writes what to do next where the database is not ready.</summary>
    /// <param name="report">The report.</param>
    /// <param name="width">Width of the terminal in characters.</param>
    /// <param name="isShown">Which kinds of remedies.</param>
    public static IEnumerable<string> NextSteps(ReadinessReport report, int width, Func<RemedyKind, bool> isShown)
    {
        var all = report.Fixes.Count > 0 ? report.Fixes : [.. report.Attention.Select(finding => finding.Fix).OfType<Remedy>().Distinct()];
        IReadOnlyList<Remedy> fixes = [.. all.Where(fix => isShown(fix.Kind))];
        RemedyKind? kind = null;
        var written = 0;
        for (var index = 0; index < fixes.Count; index++)
        {
            var fix = fixes[index];
            var lines = RemedyLines.Of(fix, width - 3);
            if (index > 0 && written + lines.Count > MaximumFixLines)
            {
                var left = fixes.Count - index;
                yield return $"{(left == 1 ? "1 more fix" : $"{left} more fixes")}: -Detailed, or the properties Fixes and FixSql of the report.";
                yield break;
            }

            if (fix.Kind != kind)
            {
                yield return Introduction(fix.Kind);
                written++;
            }

            foreach (var line in lines)
            {
                yield return $"  {Ansi.Command(line)}";
            }

            (kind, written) = (fix.Kind, written + lines.Count);
        }
    }

    static string Introduction(RemedyKind kind) => kind switch
    {
        RemedyKind.Sql => "As a database administrator, run this SQL:",
        RemedyKind.Shell => "Run:",
        RemedyKind.Ini => "Set in the configuration file:",
        RemedyKind.Values => "Set in the Helm values:",
        _ => "Next step:",
    };
}
