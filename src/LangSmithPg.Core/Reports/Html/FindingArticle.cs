using LangSmithPg.Findings;

namespace LangSmithPg.Reports.Html;

/// <summary>One finding: what is wrong, why it matters, and how to fix it.</summary>
static class FindingArticle
{
    public static Markup Write(DatabaseAnchors database, Finding finding)
    {
        var anchor = database.AnchorOf(finding);
        return Markup.Of($"""
            <article class="{finding.Status.Class()}" id="{anchor}" aria-labelledby="{anchor}-title">
            {finding.Status.Sign()}
            <h3 id="{anchor}-title"><span class="spoken">{finding.Status.Name()}: </span>{finding.Message}</h3>
            <p class="muted"><b class="{finding.Status.Class()}">{finding.Status.Name()}</b> <code>{finding.Id}</code></p>
            {Explanations(finding)}{Fix(database, finding)}
            </article>

            """);
    }

    static Markup Explanations(Finding finding)
    {
        IReadOnlyList<Markup> rows = [.. new[] { Row("Evidence", Text(finding.Evidence)), Row("Why", Text(finding.Why)), Row("Source", Source(finding.Source)) }.OfType<Markup>()];
        return rows.Count == 0 ? default : Markup.Of($"<dl>{rows}</dl>");
    }

    static Markup? Row(string label, Markup? content) =>
        content is { } markup ? Markup.Of($"<div><dt>{label}</dt><dd>{markup}</dd></div>") : null;

    static Markup? Text(string? text) => string.IsNullOrEmpty(text) ? null : Markup.Of($"""<span dir="auto">{text}</span>""");

    static Markup? Source(Uri? source) => (WebAddress.Of(source), source) switch
    {
        (_, null) => null,
        ({ } address, _) => Markup.Of($"""<a href="{address}" rel="noopener noreferrer">{address[(address.IndexOf("//", StringComparison.Ordinal) + 2)..]}</a>"""),
        _ => Text(source.OriginalString),
    };

    static Markup Fix(DatabaseAnchors database, Finding finding)
    {
        if (database.Report.CauseOf(finding) is { } cause)
        {
            return Markup.Of($"""<p class="same">The fix for <a href="#{database.AnchorOf(cause)}">{cause.Id}</a> also fixes this.</p>""");
        }

        return finding.Fix is { } fix
            ? Markup.Of($"""<div class="fix" data-of="{finding.Id}"><p>Fix</p><pre><code>{fix.Text}</code></pre></div>""")
            : default;
    }
}
