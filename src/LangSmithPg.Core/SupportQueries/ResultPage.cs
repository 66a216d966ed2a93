namespace LangSmithPg.SupportQueries;

/// <summary>What a script gives next: rows, or lines of text.</summary>
/// <param name="Columns">The columns of the rows, or null for lines of text.</param>
/// <param name="Rows">The rows, each with a value for each column; of a line of text, the line.</param>
sealed record ResultPage(ResultColumns? Columns, IReadOnlyList<object?[]> Rows);
