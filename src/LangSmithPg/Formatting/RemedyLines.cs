using System.Text;
using LangSmithPg.Common;

namespace LangSmithPg.Formatting;

/// <summary>
/// A remedy in lines that fit. PowerShell breaks what is too long wherever the line ends: better between words, and so that a user who pastes
/// the remedy runs what is meant and nothing else. So names stay whole in their quotes, and what is left of a comment stays one.
/// </summary>
public static class RemedyLines
{
    const string Comment = "-- ";

    /// <summary>Returns the lines.</summary>
    /// <param name="remedy">The remedy.</param>
    /// <param name="width">How many characters there is room for. What cannot be broken, such as a command, is longer.</param>
    public static IReadOnlyList<string> Of(Remedy remedy, int width)
    {
        ArgumentNullException.ThrowIfNull(remedy);
        var text = VisibleText.Of(remedy.Text);
        // To a shell, a line ends its command, and an ini file's its value.
        return remedy.Kind is RemedyKind.Sql or RemedyKind.Text ? Broken(text, remedy.Kind == RemedyKind.Sql, width) : text.Split('\n');
    }

    static List<string> Broken(string text, bool isSql, int width)
    {
        List<string> lines = [];
        var line = new StringBuilder();
        var (quote, inComment, lastSpace) = ('\0', false, -1);
        for (var at = 0; at < text.Length; at++)
        {
            var character = text[at];
            if (character == '\n')
            {
                End(line.Length);
                inComment = false;
                continue;
            }

            if (isSql && quote == '\0' && !inComment && text.AsSpan(at).StartsWith(Comment) && (line.Length == 0 || line[^1] == ' '))
            {
                inComment = true;
                if (line.Length > 0 && line.Length + EndOfLine(at) - at > width)
                {
                    // It goes below what it is about.
                    End(line.Length - 1);
                }
            }
            else if (!inComment && (character == quote || (quote == '\0' && Opens(text, at, isSql))))
            {
                quote = quote == '\0' ? character : '\0';
            }

            line.Append(character);
            if (character == ' ' && quote == '\0' && line.Length > Comment.Length)
            {
                lastSpace = line.Length - 1;
            }

            if (line.Length > width && (lastSpace > 0 || (inComment && line.Length > Comment.Length + 2)))
            {
                // In a comment, not even one long word must leave it.
                var cut = line.Length - (char.IsLowSurrogate(line[^1]) ? 2 : 1);
                var (end, rest) = lastSpace > 0 ? (lastSpace, lastSpace + 1) : (cut, cut);
                var left = line.ToString(rest, line.Length - rest);
                End(end);
                line.Append(inComment ? Comment : "").Append(left);
            }
        }

        End(line.Length);
        return lines;

        void End(int length)
        {
            lines.Add(line.ToString(0, length));
            line.Clear();
            lastSpace = -1;
        }

        int EndOfLine(int start) => text.IndexOf('\n', start) is >= 0 and var end ? end : text.Length;
    }

    // In prose, an apostrophe is not a quote, and a quotation mark is one only where it has a second.
    static bool Opens(string text, int at, bool isSql) => text[at] switch
    {
        '"' => text.IndexOf('"', at + 1) >= 0,
        '\'' => isSql,
        _ => false,
    };
}
