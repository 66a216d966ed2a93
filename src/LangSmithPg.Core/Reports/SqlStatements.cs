using System.Text.RegularExpressions;

namespace LangSmithPg.Reports;

/// <summary>Counts the statements of a script, to tell a reader how much there is to run.</summary>
static partial class SqlStatements
{
    /// <summary>How many there are; names, strings and comments may contain semicolons.</summary>
    /// <param name="script">The script.</param>
    public static int Count(string script) =>
        Opaque().Replace(script, match => match.Value[0] is '-' or '/' ? " " : "x").Split(';').Count(part => !string.IsNullOrWhiteSpace(part));

    // A doubled quote ends one literal and begins another: the count stays the same.
    [GeneratedRegex("""'[^']*'|"[^"]*"|--[^\n]*|/\*[^*]*\*+(?:[^/*][^*]*\*+)*/""")]
    private static partial Regex Opaque();
}
