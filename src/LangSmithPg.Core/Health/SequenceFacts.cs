namespace LangSmithPg.Health;

/// <summary>How far the sequences of a database are from their end.</summary>
/// <param name="Count">How many sequences there are that end.</param>
/// <param name="ReadCount">How many of them were read.</param>
/// <param name="HiddenCount">How many of them the role may not read.</param>
/// <param name="HiddenSchemas">The schemas of those, or the first of them.</param>
/// <param name="Sequences">The sequences that are nearest to their end, nearest first.</param>
sealed record SequenceFacts(int Count, int ReadCount, int HiddenCount, IReadOnlyList<string> HiddenSchemas, IReadOnlyList<SequencePosition> Sequences);

/// <summary>A sequence.</summary>
/// <param name="Schema">Its schema.</param>
/// <param name="Name">Its name.</param>
/// <param name="Used">The share of its values that are used, from 0 to 1; of those that its column can hold, where these are fewer.</param>
/// <param name="Last">The last value.</param>
/// <param name="IsSmall">Whether it is of a smaller type than <c>bigint</c>.</param>
/// <param name="TableSchema">The schema of the table that takes its values; null where none does.</param>
/// <param name="TableName">The table.</param>
/// <param name="Column">The column.</param>
/// <param name="IsIdentity">Whether it is an identity column.</param>
/// <param name="Bits">How many bits the column's values have, such as 31 for <c>integer</c>.</param>
sealed record SequencePosition(
    string Schema, string Name, double Used, long Last, bool IsSmall, string? TableSchema, string? TableName, string? Column, bool IsIdentity, int Bits);
