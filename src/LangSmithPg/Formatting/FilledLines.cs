using System.Text;
using System.Text.RegularExpressions;

namespace LangSmithPg.Formatting;

/// <summary>Texts in lines that fit, broken between words. Not for commands: see <see cref="RemedyLines"/>.</summary>
static partial class FilledLines
{
    const int LeastWidth = 20;

    /// <summary>The lines of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="width">How many characters there is room for.</param>
    public static IEnumerable<string> Of(string text, int width) => Of(text.Split(' '), width);

    /// <summary>The lines of pieces that stay whole. One that has no room, such as the name of a server, is broken at its joints.</summary>
    /// <param name="pieces">The pieces; a space goes between them.</param>
    /// <param name="width">How many characters there is room for.</param>
    /// <param name="indent">What each line but the first begins with.</param>
    public static IEnumerable<string> Of(IEnumerable<string> pieces, int width, string indent = "")
    {
        width = Math.Max(width, LeastWidth);
        var (line, length) = (new StringBuilder(), 0);
        foreach (var (part, isStart) in pieces.SelectMany(piece => Parts(piece, width - indent.Length)))
        {
            var (gap, own) = (isStart && line.Length > 0 ? " " : "", Ansi.Length(part));
            if (line.Length > 0 && length + gap.Length + own > width)
            {
                yield return line.ToString();
                line.Clear().Append(indent);
                (length, gap) = (indent.Length, "");
            }

            line.Append(gap).Append(part);
            length += gap.Length + own;
        }

        yield return line.ToString();
    }

    static IEnumerable<(string Part, bool IsStart)> Parts(string piece, int room) =>
        Ansi.Length(piece) <= room ? [(piece, true)] : Joint().Split(piece).Select((part, index) => (part, index == 0));

    // Before the dots of a host or file, a port, a database, a folder.
    [GeneratedRegex(@"(?<=\w)(?=[.:/]\w)")]
    private static partial Regex Joint();
}
