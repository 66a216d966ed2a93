using System.Text.RegularExpressions;
using LangSmithPg.Common;
using LangSmithPg.Findings;

namespace LangSmithPg.Reports.Html;

/// <summary>A fleet at a glance: a row for each database, a column for each finding.</summary>
static partial class MatrixSection
{
    // Beyond that, a sheet of paper has to be turned.
    const int PortraitColumns = 16;

    public static Markup Write(IReadOnlyList<string> ids, IReadOnlyList<DatabaseAnchors> databases) => Markup.Of($"""
        <section class="matrix{(ids.Count > PortraitColumns ? " wide" : "")}" id="matrix" aria-labelledby="matrix-title">
        <h2 id="matrix-title">All databases</h2>
        <p class="tools"><span class="legend">{StatusWords.WorstFirst.Select(Legend)}<span><span class="sign unasked" aria-hidden="true">·</span>Not checked</span></span>
        <label><input type="checkbox" id="not-ready-only"> Only those that are not ready</label></p>
        <div class="scroll" tabindex="0" role="region" aria-labelledby="matrix-title">
        <table>
        <caption class="spoken">Status of every finding for every database; databases that are not ready come first</caption>
        <thead>
        <tr><th scope="col" class="name">Database</th><th scope="col" class="verdict">Verdict</th>{ids.Select(id => Markup.Of($"""<th scope="col"><span>{id}</span></th>"""))}</tr>
        </thead>
        <tbody>
        {databases.Select(database => Row(ids, database))}</tbody>
        </table>
        </div>
        </section>
        """);

    static Markup Legend(FindingStatus status) => Markup.Of($"<span>{status.Sign()}{status.Name()}</span>");

    static Markup Row(IReadOnlyList<string> ids, DatabaseAnchors database)
    {
        var findings = database.Report.Findings.ToLookup(finding => finding.Id);
        return Markup.Of($"""
            <tr class="{(database.Report.IsReady ? "ready" : "not-ready")}"><th scope="row" class="name"><a href="#{database.Anchor}"><bdi>{Breakable(database.Report.Target)}</bdi></a></th><td class="verdict">{database.Report.ShortVerdict()}</td>{ids.Select(id => Cell(database, findings[id].FirstOrDefault()))}</tr>

            """);
    }

    // A long name in a narrow column ends its lines where its parts end.
    static IEnumerable<Markup> Breakable(string name) => PartEnd().Split(name).Select(part => Markup.Of($"{part}<wbr>"));

    static Markup Cell(DatabaseAnchors database, Finding? finding) => finding switch
    {
        null => Markup.Of($"""<td><span class="sign unasked" aria-hidden="true">·</span><span class="spoken">Not checked</span></td>"""),
        { Status: <= FindingStatus.Pass } => Markup.Of($"<td>{finding.Status.SpokenSign()}</td>"),
        _ => Markup.Of($"""<td><a href="#{database.AnchorOf(finding)}" title="{finding.Message}">{finding.Status.SpokenSign()}</a></td>"""),
    };

    [GeneratedRegex("(?<=[.:/])")]
    private static partial Regex PartEnd();
}
