using System.Text.RegularExpressions;
using LangSmithPg.Common;
using LangSmithPg.Findings;

namespace LangSmithPg.Reports.Html;

/// <summary>A fleet at a glance: a row for each database, a column for each finding.</summary>
static partial class MatrixSection
{
    // Beyond that, a sheet of paper has to be turned.
    const int PortraitColumns = 30;

    public static Markup Write(IReadOnlyList<string> ids, IReadOnlyList<DatabaseAnchors> databases)
    {
        var loud = databases.SelectMany(database => database.Report.Attention).Select(finding => finding.Id).ToHashSet(StringComparer.Ordinal);
        List<(string Id, bool IsCalm)> columns = [.. ids.Select(id => (id, !loud.Contains(id)))];
        var hasProblems = databases.Any(database => database.Report.FirstProblem is not null);
        return Markup.Of($"""
            <section class="matrix{(loud.Count > PortraitColumns ? " wide" : "")}" id="matrix" aria-labelledby="matrix-title">
            <h2 id="matrix-title">All databases</h2>
            <div class="tools"><p class="legend">{StatusWords.WorstFirst.Select(Legend)}{(databases.Any(database => database.Report.Accepted.Count > 0) ? Markup.Of($"<span>{StatusMarkup.AcceptedSign()}Accepted</span>") : default)}<span><span class="sign unasked" aria-hidden="true">·</span>Not checked</span></p>
            <div class="choices">
            <label class="search" hidden="hidden">Search <input type="search" id="search" autocomplete="off" spellcheck="false"></label>
            <label><input type="checkbox" id="not-ready-only"> Only those that are not ready</label>
            {AllColumns(columns.Count(column => column.IsCalm))}</div></div>
            <div class="scroll" tabindex="0" role="region" aria-labelledby="matrix-title">
            <table>
            <caption class="spoken">Status of every finding for every database; databases that are not ready come first</caption>
            <thead>
            <tr><th scope="col" class="name">Database</th><th scope="col" class="verdict">Verdict</th>{(hasProblems ? Markup.Of($"""<th scope="col" class="first">First problem</th>""") : default)}{columns.Select(column => Markup.Of($"""<th scope="col"{Class(column.IsCalm)}><span>{column.Id}</span></th>"""))}</tr>
            </thead>
            <tbody>
            {databases.Select(database => Row(columns, database, hasProblems))}</tbody>
            </table>
            </div>
            </section>
            """);
    }

    static Markup AllColumns(int calm) => calm == 0 ? default : Markup.Of($"""
        <label><input type="checkbox" id="all-columns"> Show all columns ({calm} without failures, warnings or unknown results)</label>
        """);

    // Collapsed until somebody asks for all: there is nothing to see in it.
    static Markup Class(bool isCalm) => isCalm ? Markup.Of($" class=\"calm\"") : default;

    static Markup Legend(FindingStatus status) => Markup.Of($"<span>{status.Sign()}{status.Name()}</span>");

    static Markup Row(IReadOnlyList<(string Id, bool IsCalm)> columns, DatabaseAnchors database, bool hasProblems)
    {
        var findings = database.Report.Findings.ToLookup(finding => finding.Id);
        return Markup.Of($"""
            <tr class="{(database.Report.IsReady ? "ready" : "not-ready")}"><th scope="row" class="name"><a href="#{database.Anchor}"><bdi>{Breakable(database.Report.Target)}</bdi></a>{database.LabelMarkup}</th><td class="verdict" data-rank="{Rank(database)}">{database.Report.ShortVerdict()}</td>{(hasProblems ? FirstProblem(database.Report.FirstProblem) : default)}{columns.Select(column => Cell(database, Worst(findings[column.Id]), column.IsCalm))}</tr>

            """);
    }

    // It is cut off where the window is too narrow.
    static Markup FirstProblem(string? problem) => Markup.Of($"""<td class="first" title="{problem}">{problem}</td>""");

    // A long name in a narrow column ends its lines where its parts end.
    static IEnumerable<Markup> Breakable(string name) => PartEnd().Split(name).Select(part => Markup.Of($"{part}<wbr>"));

    static Finding? Worst(IEnumerable<Finding> findings) => findings.MaxBy(finding => (finding.Accepted is null, finding.Status));

    // By these the script sorts, highest first.
    static int Rank(DatabaseAnchors database) => database.Report.IsReady ? (int)database.Report.Status : 1 + (int)FindingStatus.Fail + database.Report.Problems.Count;

    static Markup Cell(DatabaseAnchors database, Finding? finding, bool isCalm) => finding switch
    {
        null => Markup.Of($"""<td{Class(isCalm)} data-rank="-1"><span class="sign unasked" aria-hidden="true">·</span><span class="spoken">Not checked</span></td>"""),
        { Accepted: { } accepted } => Markup.Of($"""<td{Class(isCalm)} data-rank="{(int)FindingStatus.Pass}"><a href="#{database.AnchorOf(finding)}" title="{accepted.ToString()}">{StatusMarkup.AcceptedSign()}<span class="spoken">{finding.Status.Name()}, accepted</span></a></td>"""),
        { Status: <= FindingStatus.Pass } => Markup.Of($"""<td{Class(isCalm)} data-rank="{(int)finding.Status}">{finding.Status.SpokenSign()}</td>"""),
        _ => Markup.Of($"""<td data-rank="{(int)finding.Status}"><a href="#{database.AnchorOf(finding)}" title="{finding.Message}">{finding.Status.SpokenSign()}</a></td>"""),
    };

    [GeneratedRegex("(?<=[.:/])")]
    private static partial Regex PartEnd();
}
