using LangSmithPg.Findings;

namespace LangSmithPg.Reports.Html;

/// <summary>What follows from a finding, folded: once that is fixed, so is this.</summary>
static class Consequences
{
    public static Markup Write(DatabaseAnchors database, Finding cause) => database.ConsequencesOf(cause) is { Count: > 0 and var count } findings
        ? Markup.Of($"""
            <details class="follow">
            <summary>{Prose.Count(count, "other finding follows", "other findings follow")} from this</summary>
            <ul>
            {findings.Select(finding => Item(database, finding))}</ul>
            </details>
            """)
        : default;

    static Markup Item(DatabaseAnchors database, Finding finding) => Markup.Of($"""
        <li class="{finding.Status.Class()}" id="{database.AnchorOf(finding)}">{finding.Status.SpokenSign()}
        <div><p>{finding.Message} <code>{finding.Id}</code></p>{Explanations.Write(finding)}</div></li>

        """);
}
