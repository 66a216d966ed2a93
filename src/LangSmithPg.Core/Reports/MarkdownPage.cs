using System.Globalization;
using System.Text;

namespace LangSmithPg.Reports;

/// <summary>
/// Puts a report in GitHub Flavored Markdown together, so that it fits into a comment of a pull request: a table with a row for each
/// subject, then a section for each that needs attention, which the reader opens. Where that is too long, the last ones keep their row.
/// </summary>
static class MarkdownPage
{
    /// <summary>What a comment on GitHub holds. Some characters count once there and twice here, never the other way round.</summary>
    public const int MaxLength = 65_536;

    // For the sentences that say what was left out, and for the ends of sections.
    const int Reserve = 512;
    const int MaxTitleLength = 256;

    /// <summary>Writes the page.</summary>
    /// <param name="title">The title, as the user gave it.</param>
    /// <param name="lead">The verdict, in Markdown.</param>
    /// <param name="header">The first two lines of the table.</param>
    /// <param name="rows">The other lines of the table, worst first.</param>
    /// <param name="sections">The sections, worst first.</param>
    /// <param name="subject">What a row is about, for one and for several: <c>database</c> and <c>databases</c>.</param>
    public static string Write(
        string title, string lead, string header, IReadOnlyList<string> rows, IReadOnlyList<MarkdownSection> sections, (string One, string Several) subject)
    {
        var heading = title.Length > MaxTitleLength ? $"{title[..MaxTitleLength]}…" : title;
        var text = new StringBuilder($"# {MarkdownText.Inline(heading)}\n\n{lead}\n\n{header}\n");
        var listed = 0;
        for (; listed < rows.Count && Fits(text, rows[listed].Length + 1); listed++)
        {
            text.Append(rows[listed]).Append('\n');
        }

        var told = 0;
        for (var isComplete = true; told < sections.Count && isComplete; told += isComplete ? 1 : 0)
        {
            isComplete = Append(text, sections[told], isOpen: rows.Count == 1);
        }

        string[] omissions =
        [
            .. rows.Count > listed ? [$"{Prose.Count(rows.Count - listed, $"more {subject.One} is", $"more {subject.Several} are")} not listed"] : Array.Empty<string>(),
            .. sections.Count > told ? [$"the details of {Prose.Count(sections.Count - told, subject.One, subject.Several)} are left out or shortened"] : Array.Empty<string>(),
        ];
        if (omissions.Length > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nThis report is limited to what a comment on GitHub holds: {string.Join(", and ", omissions)}. CSV and SARIF have no such limit.\n");
        }

        return text.ToString();
    }

    // As far as it fits. A section without any finding is not begun.
    static bool Append(StringBuilder text, MarkdownSection section, bool isOpen)
    {
        var start = $"\n<details{(isOpen ? " open" : "")}>\n<summary>{section.Summary}</summary>\n\n{section.Facts}";
        const string end = "\n</details>\n";
        var shown = 0;
        foreach (var finding in section.Findings)
        {
            var block = $"{(shown == 0 ? start : "")}\n\n{finding}";
            if (!Fits(text, block.Length + end.Length + 1))
            {
                break;
            }

            text.Append(block);
            shown++;
        }

        if (shown > 0)
        {
            text.Append('\n').Append(end);
        }

        return shown == section.Findings.Count;
    }

    static bool Fits(StringBuilder text, int length) => text.Length + length <= MaxLength - Reserve;
}

/// <summary>What is to be said of one subject.</summary>
/// <param name="Summary">The line that is always visible, in HTML.</param>
/// <param name="Facts">What is worth knowing of it.</param>
/// <param name="Findings">What needs attention, each with its fix.</param>
sealed record MarkdownSection(string Summary, string Facts, IReadOnlyList<string> Findings);
