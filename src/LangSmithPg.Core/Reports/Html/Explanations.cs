using LangSmithPg.Findings;

namespace LangSmithPg.Reports.Html;

/// <summary>What a finding rests on, why it matters, and where that is written.</summary>
static class Explanations
{
    public static Markup Write(Finding finding)
    {
        IReadOnlyList<Markup> rows = [.. new[] { Row("Accepted", Text(finding.Accepted?.ToString())), Row("Evidence", Text(finding.Evidence)), Row("Why", Text(finding.Why)), Row("Source", Source(finding.Source)) }.OfType<Markup>()];
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
}
