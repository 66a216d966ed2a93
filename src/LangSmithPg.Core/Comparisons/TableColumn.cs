namespace LangSmithPg.Comparisons;

/// <summary>A column of a table, as far as its values are compared.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">The type, as the server writes it.</param>
/// <param name="IsNotNull">Whether it has no nulls.</param>
/// <param name="IsPlain">Whether its values become text by PostgreSQL's own functions alone, and all of the text counts.</param>
sealed record TableColumn(string Name, string Type, bool IsNotNull, bool IsPlain);
