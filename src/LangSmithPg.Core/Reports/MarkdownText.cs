using System.Net;
using System.Text.RegularExpressions;
using LangSmithPg.Common;

namespace LangSmithPg.Reports;

/// <summary>Texts of others within Markdown: they stay text, whatever they hold.</summary>
static partial class MarkdownText
{
    /// <summary>A text within a paragraph, a heading or a cell.</summary>
    public static string Inline(string text) => Mention().Replace(Special().Replace(VisibleText.Line(text).Trim(), @"\$0"), "@<!-- -->");

    /// <summary>A text as code within a line of HTML, where Markdown does not count.</summary>
    public static string HtmlCode(string text) => $"<code>{WebUtility.HtmlEncode(VisibleText.Line(text))}</code>";

    /// <summary>A text as code within a cell, which a bar would end even there.</summary>
    public static string CodeCell(string text) => Code(text).Replace("|", @"\|", StringComparison.Ordinal);

    /// <summary>A text as code within a line.</summary>
    public static string Code(string text)
    {
        var fence = new string('`', LongestFence(text) + 1);
        var padding = text.StartsWith('`') || text.EndsWith('`') ? " " : "";
        return $"{fence}{padding}{VisibleText.Line(text)}{padding}{fence}";
    }

    /// <summary>A block of code.</summary>
    public static string Fenced(string text, string language = "")
    {
        var fence = new string('`', Math.Max(3, LongestFence(text) + 1));
        return $"{fence}{language}\n{VisibleText.Of(text)}\n{fence}";
    }

    /// <summary>An address that can be followed where it is one of the web's.</summary>
    public static string Link(Uri address) => WebAddress.Of(address) is { } safe ? $"<{safe}>" : Code(address.ToString());

    static int LongestFence(string text) => Fence().Matches(text).Select(match => match.Length).DefaultIfEmpty().Max();

    [GeneratedRegex(@"[\\`*_{}\[\]<>|~&#$]")]
    private static partial Regex Special();

    // GitHub and GitLab notify whom they find in the text that is shown, whether it was escaped or not.
    [GeneratedRegex(@"(?<!\w)@(?=\w)")]
    private static partial Regex Mention();

    [GeneratedRegex("`+")]
    private static partial Regex Fence();
}
