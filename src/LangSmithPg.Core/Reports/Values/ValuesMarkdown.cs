using System.Globalization;
using LangSmithPg.Common;
using LangSmithPg.Helm.Linting;

namespace LangSmithPg.Reports.Values;

/// <summary>Writes what was found in values files as GitHub Flavored Markdown, for a comment on the pull request that changes them.</summary>
static class ValuesMarkdown
{
    static readonly FindingStatus[] Counted = [FindingStatus.Fail, FindingStatus.Warning, FindingStatus.Unknown];

    public static string Write(ValuesFleet report)
    {
        List<FileFindings> files = [.. report.Files.OrderByDescending(file => file.Status)];
        return MarkdownPage.Write(
            report.Title,
            $"**{report.Verdict}.** Generated {Prose.Utc(report.GeneratedAt)} by LangSmithPg {report.ModuleVersion}.",
            $"| File | Chart | Verdict | {string.Join(" | ", Counted)} |\n|---|---|---|{string.Concat(Counted.Select(_ => "--:|"))}",
            [.. files.Select(Row)],
            [.. files.Where(file => file.Attention.Any()).Select(Section)],
            ("file", "files"));
    }

    static string Row(FileFindings file) =>
        $"| {MarkdownText.CodeCell(file.Path)} | {file.Release.ChartVersion?.ToString() ?? "–"} | {MarkdownFinding.Symbol(file.Status)} {file.Verdict} "
            + $"| {string.Join(" | ", Counted.Select(file.Count))} |";

    static MarkdownSection Section(FileFindings file) => new(
        $"{MarkdownText.HtmlCode(file.Path)}: {Prose.Count(file.Attention.Count(), "finding", "findings")}",
        $"Tested against {((file.Release.TakenFor ?? file.Release.ChartVersion) is { } chart ? $"chart {chart}" : "the chart")}.",
        [.. file.Attention.Select(Write)]);

    static string Write(ValuesFinding finding) => MarkdownFinding.Write(
        finding.Status, finding.Id, string.Create(CultureInfo.InvariantCulture, $" (line {finding.Line}, column {finding.Column})"), finding.Message,
        [
            finding.Key.Length == 0 ? null : $"Key: {MarkdownText.Code(finding.Key)}",
            MarkdownFinding.Labelled("Why", finding.Why),
            finding.CanFix ? "`Test-LangSmithHelmValues -Fix` fixes it." : null,
        ],
        finding.Fix);
}
