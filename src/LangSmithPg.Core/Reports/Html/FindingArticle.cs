using LangSmithPg.Findings;

namespace LangSmithPg.Reports.Html;

/// <summary>One finding: what is wrong, why it matters, how to fix it, and what else follows from it.</summary>
static class FindingArticle
{
    public static Markup Write(DatabaseAnchors database, Finding finding)
    {
        var anchor = database.AnchorOf(finding);
        return Markup.Of($"""
            <article class="{(finding.Accepted is null ? finding.Status.Class() : "na")}" id="{anchor}" aria-labelledby="{anchor}-title">
            {(finding.Accepted is null ? finding.Status.Sign() : StatusMarkup.AcceptedSign())}
            <h3 id="{anchor}-title"><span class="spoken">{finding.Status.Name()}{(finding.Accepted is null ? "" : ", accepted")}: </span>{finding.Message}</h3>
            <p class="muted"><b class="{(finding.Accepted is null ? finding.Status.Class() : "na")}">{finding.Status.Name()}{(finding.Accepted is null ? "" : ", accepted")}</b> <code>{finding.Id}</code></p>
            {Explanations.Write(finding)}{Fix(finding)}{Consequences.Write(database, finding)}
            </article>

            """);
    }

    static Markup Fix(Finding finding) => finding.Fix is { } fix
        ? Markup.Of($"""<div class="fix" data-copy="Copy the fix of {finding.Id}"><div class="bar">Fix</div><pre><code>{fix.Text}</code></pre></div>""")
        : default;
}
