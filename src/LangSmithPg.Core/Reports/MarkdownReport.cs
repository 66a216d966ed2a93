using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Readiness;

namespace LangSmithPg.Reports;

/// <summary>Writes a report as GitHub Flavored Markdown, for a ticket: the summary, then everything that needs attention.</summary>
static class MarkdownReport
{
    public static string Write(FleetReport report) => string.Join("\n\n", Blocks(report)) + "\n";

    static IEnumerable<string> Blocks(FleetReport report) =>
    [
        $"# {MarkdownText.Inline(report.Title)}",
        $"**{report.Verdict}.** Generated {Prose.Utc(report.GeneratedAt)} by LangSmithPg {report.ModuleVersion}.",
        Summary(report),
        .. report.WorstFirst.Where(database => database.Attention.Count > 0).SelectMany(Blocks),
    ];

    static string Summary(FleetReport report) => string.Join('\n',
    [
        $"| Database | Verdict | {string.Join(" | ", StatusWords.WorstFirst.Select(StatusWords.Name))} |",
        $"|---|---|{string.Concat(StatusWords.WorstFirst.Select(_ => "--:|"))}",
        .. report.WorstFirst.Select(database =>
            $"| {MarkdownText.CodeCell(database.Target)} | {(database.IsReady ? "✅" : "❌")} {database.ShortVerdict()} "
            + $"| {string.Join(" | ", StatusWords.WorstFirst.Select(database.Count))} |"),
    ]);

    static IEnumerable<string> Blocks(ReadinessReport database) =>
    [
        $"## {MarkdownText.Code(database.Target)}: {database.ShortVerdict()}",
        MarkdownText.Inline(string.Join(", ", Prose.Facts(database))),
        .. database.Attention.SelectMany(finding => Blocks(database, finding)),
    ];

    static IEnumerable<string> Blocks(ReadinessReport database, Finding finding)
    {
        yield return $"### {Symbol(finding.Status)} {finding.Status.Name()}: {MarkdownText.Code(finding.Id)}";
        yield return MarkdownText.Inline(finding.Message);
        var explanations = Explanations(finding).ToList();
        if (explanations.Count > 0)
        {
            yield return string.Join('\n', explanations);
        }

        if (database.CauseOf(finding) is { } cause)
        {
            yield return $"Fix: the same as for {MarkdownText.Code(cause.Id)}.";
        }
        else if (finding.Fix is { } fix)
        {
            yield return "Fix:";
            yield return MarkdownText.Fenced(fix.Text, LanguageOf(fix.Kind));
        }
    }

    static string LanguageOf(RemedyKind kind) => kind switch
    {
        RemedyKind.Sql => "sql",
        RemedyKind.Shell => "sh",
        RemedyKind.Ini => "ini",
        RemedyKind.Values => "yaml",
        _ => "",
    };

    static IEnumerable<string> Explanations(Finding finding)
    {
        if (!string.IsNullOrEmpty(finding.Evidence))
        {
            yield return $"- Evidence: {MarkdownText.Inline(finding.Evidence)}";
        }

        if (finding.Why is { } why)
        {
            yield return $"- Why: {MarkdownText.Inline(why)}";
        }

        if (finding.Source is { } source)
        {
            yield return $"- Source: {MarkdownText.Link(source)}";
        }
    }

    static string Symbol(FindingStatus status) => status switch
    {
        FindingStatus.Fail => "❌",
        FindingStatus.Warning => "⚠️",
        _ => "❔",
    };
}
