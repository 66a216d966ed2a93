using System.Globalization;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Readiness;

namespace LangSmithPg.Formatting;

/// <summary>All of a readiness report as text for the terminal: a summary, then every finding with its fix below.</summary>
static class DetailedReportView
{
    const int StatusWidth = 14;

    static readonly FindingStatus[] Summarised = [FindingStatus.Fail, FindingStatus.Warning, FindingStatus.Unknown, FindingStatus.Pass];

    /// <summary>Writes the report, line by line.</summary>
    /// <param name="report">The report.</param>
    /// <param name="width">Width of the terminal in characters.</param>
    public static IEnumerable<string> Lines(ReadinessReport report, int width)
    {
        foreach (var line in Summary(report, width))
        {
            yield return line;
        }

        var idWidth = report.Findings.Select(finding => finding.Id.Length).DefaultIfEmpty().Max() + 2;
        var indent = 2 + StatusWidth + idWidth;
        HashSet<Remedy> fixes = [];
        foreach (var finding in report.Findings)
        {
            var label = finding.Accepted is null ? Ansi.Color(finding.Status, finding.Status.ToString().PadRight(StatusWidth)) : Ansi.Color(FindingStatus.NotApplicable, "Accepted".PadRight(StatusWidth));
            var head = $"  {label}{finding.Id.PadRight(idWidth)}";
            foreach (var line in FilledLines.Of(finding.Accepted is null ? finding.Message : $"{finding.Status}: {finding.Message} {finding.Accepted}", width - indent - 1))
            {
                yield return head + line;
                head = new(' ', indent);
            }

            // One GRANT often fixes several findings: it is shown where it is needed first.
            if (finding.Fix is null || finding.Accepted is not null || !fixes.Add(finding.Fix))
            {
                continue;
            }

            foreach (var line in RemedyLines.Of(finding.Fix, width - StatusWidth - 3))
            {
                yield return new string(' ', 2 + StatusWidth) + Ansi.Command(line);
            }
        }
    }

    static IEnumerable<string> Summary(ReadinessReport report, int width)
    {
        // Of LangSmith itself, nobody needs to be told.
        string[] subject = report.Purpose == DatabasePurpose.LangSmith ? [Ansi.Bold(report.Target)] : [Ansi.Bold(report.Target), $"{report.Purpose}"];
        string[] version = report.ServerVersion is { } number ? [$"PostgreSQL {VisibleText.Line(number)}"] : [];
        var milliseconds = report.Elapsed.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);
        return Headline.Lines(
            subject, report.Verdict, width,
            [.. Headline.Counts(Summarised, report.Count), .. report.AcceptedCount == 0 ? [] : (string[])[$"{report.AcceptedCount} accepted"]], [.. version, $"{milliseconds} ms"]);
    }
}
