using System.Text;
using LangSmithPg.Common;

namespace LangSmithPg.Formatting;

/// <summary>
/// A fix in lines that fit. PowerShell breaks what is too long wherever the line ends: better between words, and where whoever pastes the
/// fix runs what is meant and nothing else. So names stay whole in their quotes, and what is left of a comment stays one.
/// </summary>
public static class FixText
{
    const string Comment = "-- ";

    /// <summary>The lines.</summary>
    /// <param name="fix">The fix: SQL, a command or words.</param>
    /// <param name="width">How many characters there is room for. What cannot be broken, such as a command, is longer.</param>
    public static IReadOnlyList<string> Lines(string fix, int width)
    {
        ArgumentNullException.ThrowIfNull(fix);
        var text = VisibleText.Of(fix);
        List<string> lines = [];
        var line = new StringBuilder();
        var (quote, inComment, isSql, isWhole, lastSpace) = ('\0', false, IsSql(text), IsWhole(text), -1);
        for (var at = 0; at < text.Length; at++)
        {
            var character = text[at];
            if (character == '\n')
            {
                End(line.Length);
                inComment = false;
                if (quote == '\0')
                {
                    (isSql, isWhole) = (IsSql(text.AsSpan(at + 1)), IsWhole(text.AsSpan(at + 1)));
                }

                continue;
            }

            if (isWhole)
            {
                line.Append(character);
                continue;
            }

            if (quote == '\0' && !inComment && text.AsSpan(at).StartsWith(Comment) && (line.Length == 0 || line[^1] == ' '))
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

    // To a shell, a line ends its command, and an ini file's its value: az, gcloud, kubectl, a cmdlet, "pool_mode = session", "# …", "; …".
    static bool IsWhole(ReadOnlySpan<char> line)
    {
        var word = line.IndexOfAny(' ', '\n') is >= 0 and var end ? line[..end] : line;
        return word.Length > 0 && !word.SequenceEqual("--") && (!char.IsAsciiLetterUpper(word[0]) || (word.Contains('-') && word.ContainsAnyInRange('a', 'z')));
    }

    // In words, an apostrophe is no quote, and a quotation mark is one only where it has a second.
    static bool Opens(string text, int at, bool isSql) => text[at] switch
    {
        '"' => text.IndexOf('"', at + 1) >= 0,
        '\'' => isSql,
        _ => false,
    };

    // As the module writes it: GRANT, CREATE, SELECT.
    static bool IsSql(ReadOnlySpan<char> line) => line.IndexOfAnyExceptInRange('A', 'Z') is > 2 and var end && line[end] == ' ';
}
