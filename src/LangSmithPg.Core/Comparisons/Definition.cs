using System.Text;
using System.Text.RegularExpressions;

namespace LangSmithPg.Comparisons;

/// <summary>
/// SQL that PostgreSQL writes from its catalog, such as a view or a default. From version to version it quotes other words, and since
/// PostgreSQL 16 it names a column without its table where there is only one.
/// </summary>
static partial class Definition
{
    /// <summary>The same text for the same definition, as far as versions are known to differ.</summary>
    /// <param name="text">The text of the server.</param>
    /// <param name="schemas">The schemas of the database, whose names count.</param>
    public static string Normalize(string text, IReadOnlySet<string> schemas)
    {
        var normal = new StringBuilder(text.Length);
        foreach (Match token in Token().Matches(text))
        {
            if (token.Groups["space"].Success)
            {
                // Between words it separates, and nowhere else does it count.
                _ = normal.Length > 0 && IsWord(normal[^1]) ? normal.Append(' ') : normal;
                continue;
            }

            if (!IsWord(token.Value[0]) && normal.Length > 0 && normal[^1] == ' ')
            {
                normal.Length--;
            }

            // The table of a column, not the schema of an object.
            if (token.Groups["qualifier"].Success && !schemas.Contains(Unquoted(token.Value[..^1])))
            {
                continue;
            }

            normal.Append(token.Groups["name"].Success ? Unquoted(token.Value) : token.Value);
        }

        return normal.ToString().TrimEnd();
    }

    static bool IsWord(char character) => char.IsLetterOrDigit(character) || character is '_' or '"' or '\'' or '$';

    // Quotes are kept where the name needs them in every version.
    static string Unquoted(string name) => Quoted().Match(name) is { Success: true } plain ? plain.Groups[1].Value : name;

    // A text, a qualifier before another name, a name, white space, or any one character.
    [GeneratedRegex("""'(?:[^']|'')*'|(?<qualifier>(?:"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*)\.)(?=["\p{L}_*])|(?<name>"(?:[^"]|"")*")|[\p{L}\p{N}_$]+|(?<space>\s+)|.""", RegexOptions.Singleline)]
    private static partial Regex Token();

    [GeneratedRegex("""\A"([a-z_][a-z0-9_]*)"\z""")]
    private static partial Regex Quoted();
}
