using System.Globalization;
using System.Text;
using LangSmithPg.Readiness;

namespace LangSmithPg.Formatting;

/// <summary>A readiness report as text for the terminal: a summary, then a line a finding with its fix below.</summary>
public static class ReportView
{
    const int StatusWidth = 14;

    static readonly FindingStatus[] Summarised = [FindingStatus.Fail, FindingStatus.Warning, FindingStatus.Unknown, FindingStatus.Pass];

    /// <summary>Writes the report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="width">Width of the terminal in characters.</param>
    public static string Format(ReadinessReport report, int width)
    {
        ArgumentNullException.ThrowIfNull(report);
        var text = new StringBuilder();
        var idWidth = report.Findings.Max(finding => finding.Id.Length) + 2;
        var counts = Summarised
            .Select(status => (Status: status, Count: report.Findings.Count(finding => finding.Status == status)))
            .Where(one => one.Count > 0)
            .Select(one => Ansi.Color(one.Status, $"{one.Count} {one.Status}"));
        var version = report.Facts is { } facts ? $"PostgreSQL {facts.Server.ShortVersion}, " : "";
        var milliseconds = report.Elapsed.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);
        text.Append(Ansi.Bold(report.Target)).Append(report.IsReady ? ": ready (" : ": not ready (").AppendJoin(", ", counts)
            .Append("; ").Append(version).Append(milliseconds).Append(" ms)\n");
        foreach (var finding in report.Findings)
        {
            text.Append("  ").Append(Ansi.Color(finding.Status, finding.Status.ToString().PadRight(StatusWidth))).Append(finding.Id.PadRight(idWidth));
            var indent = 2 + StatusWidth + idWidth;
            text.AppendJoin("\n" + new string(' ', indent), Wrap(finding.Message, width - indent - 1)).Append('\n');

            // Not wrapped: a command has to survive copying.
            foreach (var line in finding.Fix?.Split('\n') ?? [])
            {
                text.Append(' ', 2 + StatusWidth).Append(Ansi.Code(line)).Append('\n');
            }
        }

        return text.ToString();
    }

    static IEnumerable<string> Wrap(string text, int width)
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
