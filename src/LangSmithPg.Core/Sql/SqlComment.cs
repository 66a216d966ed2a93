namespace LangSmithPg.Sql;

/// <summary>Comments in SQL text.</summary>
public static class SqlComment
{
    /// <summary>A text that ends no comment: a name may hold a line break, and what follows it would be run.</summary>
    /// <param name="text">The text.</param>
    public static string Text(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Concat(text.Select(character => char.IsControl(character) ? '?' : character));
    }
}
