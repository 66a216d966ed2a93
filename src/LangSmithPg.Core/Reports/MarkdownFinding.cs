using LangSmithPg.Common;

namespace LangSmithPg.Reports;

/// <summary>One finding in Markdown: a heading, the message, what explains it, and the fix.</summary>
static class MarkdownFinding
{
    /// <summary>Writes it.</summary>
    /// <param name="status">How it came out.</param>
    /// <param name="id">Its id.</param>
    /// <param name="place">What follows the id, in Markdown.</param>
    /// <param name="message">The finding in one sentence.</param>
    /// <param name="explanations">Lines that explain it, in Markdown; null where there is nothing to say.</param>
    /// <param name="fix">What to do.</param>
    public static string Write(FindingStatus status, string id, string place, string message, IEnumerable<string?> explanations, Remedy? fix)
    {
        var list = string.Join('\n', explanations.OfType<string>().Select(line => $"- {line}"));
        return string.Join("\n\n", new[]
        {
            $"### {Symbol(status)} {status.Name()}: {MarkdownText.Code(id)}{place}",
            MarkdownText.Inline(message),
            list.Length > 0 ? list : null,
            fix is null ? null : $"Fix:\n\n{MarkdownText.Fenced(fix.Text, LanguageOf(fix.Kind))}",
        }.OfType<string>());
    }

    /// <summary>A text after its label, or null where there is none.</summary>
    public static string? Labelled(string label, string? text) => string.IsNullOrEmpty(text) ? null : $"{label}: {MarkdownText.Inline(text)}";

    public static string Symbol(FindingStatus status) => status switch
    {
        FindingStatus.Fail => "❌",
        FindingStatus.Warning => "⚠️",
        FindingStatus.Unknown => "❔",
        _ => "✅",
    };

    static string LanguageOf(RemedyKind kind) => kind switch
    {
        RemedyKind.Sql => "sql",
        RemedyKind.Shell => "sh",
        RemedyKind.Ini => "ini",
        RemedyKind.Values => "yaml",
        _ => "",
    };
}
