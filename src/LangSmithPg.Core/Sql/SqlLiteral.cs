namespace LangSmithPg.Sql;

/// <summary>Texts in SQL text.</summary>
public static class SqlLiteral
{
    /// <summary>Quotes a text, for a server with <c>standard_conforming_strings</c>, as all are since PostgreSQL 9.1.</summary>
    /// <param name="text">The text.</param>
    public static string Quote(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
    }
}
