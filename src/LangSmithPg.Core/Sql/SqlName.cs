using System.Buffers;

namespace LangSmithPg.Sql;

/// <summary>Names that a server gives as SQL takes them: quoted, with their schema and, as for a function, the types of its arguments.</summary>
static class SqlName
{
    // What PostgreSQL leaves unquoted: quote_ident, format_type and the characters of operators. No backslash, colon or dollar sign, with
    // which commands, variables and quotes begin to the server or to psql.
    static readonly SearchValues<char> Unquoted = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_ .,()[]+-*/<>=~!@#%^&|`?");

    /// <summary>Whether a text is such a name and nothing else: who only says that it is PostgreSQL must not get more into a statement.</summary>
    /// <param name="text">The text.</param>
    public static bool Is(string text)
    {
        var rest = text.AsSpan();
        while (rest.IndexOf('"') is >= 0 and var start)
        {
            if (!IsUnquoted(rest[..start]) || rest[(start + 1)..].IndexOf('"') is not (>= 0 and var length))
            {
                return false;
            }

            rest = rest[(start + length + 2)..];
        }

        return text.Length > 0 && IsUnquoted(rest);
    }

    // Operators have no comment in them.
    static bool IsUnquoted(ReadOnlySpan<char> text) =>
        !text.ContainsAnyExcept(Unquoted) && !text.Contains("--", StringComparison.Ordinal) && !text.Contains("/*", StringComparison.Ordinal);
}
