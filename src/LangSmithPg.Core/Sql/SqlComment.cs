namespace LangSmithPg.Sql;

/// <summary>Comments in SQL text.</summary>
static class SqlComment
{
    const char LineSeparator = '\u2028';
    const char ParagraphSeparator = '\u2029';

    /// <summary>A comment that goes to the end of its line. A name in it may hold a line break, and what follows that would be run: it becomes a question mark.</summary>
    /// <param name="text">The text of the comment.</param>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return $"-- {string.Concat(text.Select(character => char.IsControl(character) || character is LineSeparator or ParagraphSeparator ? '?' : character))}";
    }
}
