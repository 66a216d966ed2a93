using System.Globalization;

namespace LangSmithPg.Comparisons;

/// <summary>Which rows of a large table are compared: the same in both databases, because the hash of their key chooses them.</summary>
/// <param name="Percent">How many of a hundred rows.</param>
sealed record RowSample(double Percent)
{
    const int Parts = 1_000_000;

    /// <summary>The condition that those rows meet.</summary>
    /// <param name="table">The table, which has a key.</param>
    /// <param name="hash">How rows are hashed.</param>
    public string Condition(ComparedTable table, RowHash hash) => string.Create(
        CultureInfo.InvariantCulture, $"({hash.Of(table.Key)} & {int.MaxValue}) % {Parts} < {(int)Math.Ceiling(Percent * Parts / 100)}");
}
