using LangSmithPg.Findings;
using LangSmithPg.Readiness;

namespace LangSmithPg.Reports;

/// <summary>Writes a report as GitHub Flavored Markdown, for a ticket or a comment: the summary, then everything that needs attention.</summary>
static class MarkdownReport
{
    public static string Write(FleetReport report) => MarkdownPage.Write(
        report.Title,
        $"**{report.Verdict}.** Generated {Prose.Utc(report.GeneratedAt)} by LangSmithPg {report.ModuleVersion}.",
        $"| Database | Verdict | {string.Join(" | ", StatusWords.WorstFirst.Select(StatusWords.Name))} |\n"
            + $"|---|---|{string.Concat(StatusWords.WorstFirst.Select(_ => "--:|"))}",
        [.. report.WorstFirst.Select(Row)],
        [.. report.WorstFirst.Where(database => database.Attention.Count + database.Accepted.Count > 0).Select(Section)],
        ("database", "databases"));

    static string Row(ReadinessReport database) =>
        $"| {MarkdownText.CodeCell(database.Target)} | {(database.IsReady ? "✅" : "❌")} {database.ShortVerdict()}{(database.AcceptedCount > 0 ? $", {database.AcceptedCount} accepted" : "")} "
            + $"| {string.Join(" | ", StatusWords.WorstFirst.Select(database.Count))} |";

    static MarkdownSection Section(ReadinessReport database) => new(
        $"{MarkdownText.HtmlCode(database.Target)}: {database.Verdict}",
        MarkdownText.Inline(string.Join(", ", Prose.Facts(database))),
        [.. database.Attention.Where(finding => database.CauseOf(finding) is null).Select(finding => Write(database, finding)), .. AcceptedFindings(database)]);

    // It needs no fix, but whoever reads on has to know of it.
    static string[] AcceptedFindings(ReadinessReport database) => database.Accepted.Count == 0 ? [] :
    [
        $"### ☑️ Accepted\n\n{string.Join('\n', database.Accepted.Select(finding => $"- {finding.Status.Name()}: {MarkdownText.Code(finding.Id)}: {MarkdownText.Inline($"{finding.Message} {finding.Accepted}")}"))}",
    ];

    // What it causes needs no fix of its own: it is only named.
    static string Write(ReadinessReport database, Finding finding) => MarkdownFinding.Write(
        finding.Status, finding.Id, "", finding.Message,
        [
            MarkdownFinding.Labelled("Evidence", finding.Evidence),
            MarkdownFinding.Labelled("Why", finding.Why),
            Consequences(database.ConsequencesOf(finding)),
            finding.Source is { } source ? $"Source: {MarkdownText.Link(source)}" : null,
        ],
        finding.Fix);

    static string? Consequences(IEnumerable<Finding> findings) =>
        string.Join(", ", findings.Select(finding => MarkdownText.Code(finding.Id))) is { Length: > 0 } names ? $"Also causes: {names}" : null;
}
