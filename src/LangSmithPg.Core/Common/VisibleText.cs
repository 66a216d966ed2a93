using System.Globalization;
using System.Text;

namespace LangSmithPg.Common;

/// <summary>
/// Makes visible what could not be seen, or would turn the text around it: a name that a server or an admin chose must not pass for
/// another one, nor steer the terminal that shows it. What is left is also legal in HTML and XML.
/// </summary>
public static class VisibleText
{
    const int ZeroWidthNonJoiner = 0x200C;
    const int ZeroWidthJoiner = 0x200D;
    const int ControlPictures = 0x2400;

    /// <summary>The text, line by line as it was.</summary>
    /// <param name="text">The text.</param>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var visible = new StringBuilder(text.Length);
        foreach (var rune in text.Replace("\r\n", "\n", StringComparison.Ordinal).EnumerateRunes())
        {
            // Halves of a surrogate pair have become U+FFFD by now.
            _ = rune.Value switch
            {
                '\n' or '\t' => visible.Append(rune),
                < ' ' => visible.Append((char)(ControlPictures + rune.Value)),
                _ when IsHidden(rune) => visible.Append(CultureInfo.InvariantCulture, $"⟨U+{rune.Value:X4}⟩"),
                _ => visible.Append(rune),
            };
        }

        return visible.ToString();
    }

    /// <summary>The same in one line.</summary>
    /// <param name="text">The text.</param>
    public static string Line(string text) => Of(text).ReplaceLineEndings(" ").Replace('\t', ' ');

    // The joiners stay: Persian, Indic scripts and emoji are written with them.
    static bool IsHidden(Rune rune) => rune.Value is not (ZeroWidthJoiner or ZeroWidthNonJoiner)
        && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned;
}
