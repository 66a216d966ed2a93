namespace LangSmithPg.Sql;

/// <summary>Names in SQL text.</summary>
static class SqlIdentifier
{
    /// <summary>PostgreSQL keeps so many bytes of a name (NAMEDATALEN - 1).</summary>
    public const int MaximumBytes = 63;

    /// <summary>Quotes a name as PostgreSQL's <c>quote_ident</c> does, except that every name is quoted.</summary>
    /// <param name="name">The name.</param>
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
