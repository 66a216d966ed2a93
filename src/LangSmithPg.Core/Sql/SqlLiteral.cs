namespace LangSmithPg.Sql;

/// <summary>Texts in SQL text.</summary>
static class SqlLiteral
{
    /// <summary>What a script says before it has texts: only then does a backslash in them stand for itself to psql, too.</summary>
    public const string StandardStrings = "SET standard_conforming_strings = on;";

    /// <summary>
    /// Quotes a text as PostgreSQL's <c>quote_literal</c> does: it means the same whatever the database's owner set <c>standard_conforming_strings</c> to.
    /// </summary>
    /// <param name="text">The text.</param>
    public static string Quote(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var quoted = text.Replace("'", "''", StringComparison.Ordinal);
        return quoted.Contains('\\', StringComparison.Ordinal) ? $"E'{quoted.Replace(@"\", @"\\", StringComparison.Ordinal)}'" : $"'{quoted}'";
    }
}
