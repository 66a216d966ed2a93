namespace LangSmithPg.Comparisons;

/// <summary>A sequence and the value that it gives next.</summary>
/// <param name="Schema">Its schema.</param>
/// <param name="Name">Its name.</param>
/// <param name="Next">The value that it gives next; null where the role may not read it.</param>
/// <param name="Increment">What it adds each time.</param>
/// <param name="Table">The table that it numbers, or null.</param>
/// <param name="Column">The column that it numbers, with its table; or null.</param>
/// <param name="Farthest">The farthest value that the column has in the direction of the sequence; null where it is empty or not known.</param>
sealed record SequenceValue(string Schema, string Name, decimal? Next, long Increment, string? Table, string? Column, decimal? Farthest)
{
    /// <summary>Its name with its schema.</summary>
    public string FullName => DatabaseObject.Join(Schema, Name);

    /// <summary>Whether it gives a value that its column has already passed.</summary>
    public bool IsBehindItsColumn => Farthest is { } value && Next is { } next && !IsAhead(next, value);

    /// <summary>Whether a value comes after another one in the direction of the sequence.</summary>
    public bool IsAhead(decimal value, decimal other) => Increment > 0 ? value > other : value < other;
}
