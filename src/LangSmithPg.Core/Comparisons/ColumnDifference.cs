namespace LangSmithPg.Comparisons;

/// <summary>A column of a row that differs. The values stay on their servers: only their lengths are told.</summary>
/// <param name="Name">Name of the column.</param>
/// <param name="ReferenceLength">How many bytes the value's text has in the reference; null for NULL.</param>
/// <param name="DifferenceLength">How many bytes the value's text has in the other database; null for NULL.</param>
public sealed record ColumnDifference(string Name, long? ReferenceLength, long? DifferenceLength)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Text(ReferenceLength)}, now {Text(DifferenceLength)}";

    static string Text(long? length) => length switch { null => "NULL", 1 => "1 byte", _ => FormattableString.Invariant($"{length} bytes") };
}
