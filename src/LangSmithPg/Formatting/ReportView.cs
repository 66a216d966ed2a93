using System.Globalization;
using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Readiness;

namespace LangSmithPg.Formatting;

/// <summary>
/// A readiness report on one screen: the problems without what they cause, the warnings, a line for each unknown result, and last, where the
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
    /// <param name="isShort">Whether a warning has one line too.</param>
    public static IEnumerable<string> Summary(ReadinessReport report, int width, bool isShort) =>
        [Head(report), "", .. Findings(report, width, isShort), .. Passed(report, isShort ? "The report shows every finding." : "-Detailed shows every finding."), "", Verdict(report)];

    static string Head(ReadinessReport report)
    {
        var version = report.ServerVersion is { } number ? $"PostgreSQL {VisibleText.Line(number)}, " : "";
        return $"{Ansi.Bold(report.Target)}   {version}{report.Elapsed.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture)} ms";
    }

    static IEnumerable<string> Findings(ReadinessReport report, int width, bool isShort)
    {
        var own = report.Attention.Where(finding => finding.CausedBy is null).ToList();
        var idWidth = own.Select(finding => finding.Id.Length).DefaultIfEmpty().Max() + 2;
        var indent = 2 + StatusWidth + idWidth;
        return own.SelectMany(finding => Lines(
            $"  {Ansi.Color(finding.Status, finding.Status.ToString().PadRight(StatusWidth))}{finding.Id.PadRight(idWidth)}",
            new(' ', indent), Message(report, finding, width - indent - 1, isShort)));
    }

    static IEnumerable<string> Lines(string head, string indent, IEnumerable<string> lines) =>
        lines.Select((line, index) => (index == 0 ? head : indent) + line);

    // What is unknown is told by its id; the beginning of the message is enough.
    static IEnumerable<string> Message(ReadinessReport report, Finding finding, int width, bool isShort)
    {
        if (finding.Status == FindingStatus.Unknown || (isShort && finding.Status != FindingStatus.Fail))
        {
            var line = VisibleText.Line(finding.Message);
            return [line.Length <= width ? line : $"{line[..Math.Max(width - 1, 1)].TrimEnd()}…"];
        }

        var more = report.ConsequencesOf(finding).Count();
        return FilledLines.Of(more == 0 ? finding.Message : $"{finding.Message} {(more == 1 ? "1 other finding follows" : $"{more} other findings follow")} from this.", width);
    }

    static IEnumerable<string> Passed(ReadinessReport report, string hint) => report.PassCount == 0
        ? []
        : [$"  {Ansi.Color(FindingStatus.Pass, report.PassCount == 1 ? "1 check passed." : $"{report.PassCount} checks passed.")} {hint}"];

    static string Verdict(ReadinessReport report)
    {
        var status = report.IsReady ? FindingStatus.Pass : report.Status == FindingStatus.Fail ? FindingStatus.Fail : FindingStatus.Unknown;
        var verdict = $"{char.ToUpperInvariant(report.Verdict[0])}{report.Verdict[1..]}";
        return report.IsReady
            ? Ansi.Color(status, "Ready for helm upgrade.") + Review(report)
            : Ansi.Color(status, $"{verdict}.");
    }

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
