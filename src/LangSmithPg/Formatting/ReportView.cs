using System.Globalization;
using System.Text;
using LangSmithPg.Readiness;
using LangSmithPg.Reports;
using LangSmithPg.Text;

namespace LangSmithPg.Formatting;

/// <summary>A readiness report as text for the terminal: a summary, then a line a finding with its fix below.</summary>
public static class ReportView
{
    const int StatusWidth = 14;

    static readonly FindingStatus[] Summarised = [FindingStatus.Fail, FindingStatus.Warning, FindingStatus.Unknown, FindingStatus.Pass];

    /// <summary>Writes the report, line by line.</summary>
    /// <param name="report">The report.</param>
    /// <param name="width">Width of the terminal in characters.</param>
    public static IEnumerable<string> Lines(DatabaseReport report, int width)
    {
        ArgumentNullException.ThrowIfNull(report);
        yield return Summary(report);
        var idWidth = report.Findings.Max(finding => finding.Id.Length) + 2;
        var indent = 2 + StatusWidth + idWidth;
        HashSet<string> fixes = [];
        foreach (var finding in report.Findings)
        {
            var head = $"  {Ansi.Color(finding.Status, finding.Status.ToString().PadRight(StatusWidth))}{finding.Id.PadRight(idWidth)}";
            foreach (var line in Wrap(finding.Message, width - indent - 1))
            {
                yield return head + line;
                head = new(' ', indent);
            }

            // One GRANT often mends several findings: it is shown where it is needed first.
            if (finding.Fix is null || !fixes.Add(finding.Fix))
            {
                continue;
            }

            foreach (var line in FixText.Lines(finding.Fix, width - StatusWidth - 3))
            {
                yield return new string(' ', 2 + StatusWidth) + Ansi.Command(line);
            }
        }
    }

    static string Summary(DatabaseReport report)
    {
        var counts = Summarised
            .Select(status => (Status: status, Count: report.Count(status)))
            .Where(one => one.Count > 0)
            .Select(one => Ansi.Color(one.Status, $"{one.Count} {one.Status}"));
        var version = report.ServerVersion is { } number ? $"PostgreSQL {VisibleText.Line(number)}, " : "";
        var milliseconds = report.Elapsed.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);
        return $"{Ansi.Bold(report.Target)}: {(report.IsReady ? "ready" : "not ready")} ({string.Join(", ", counts)}; {version}{milliseconds} ms)";
    }

    internal static IEnumerable<string> Wrap(string text, int width)
    {
        var line = new StringBuilder();
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        yield return line.ToString();
    }
}
