using LangSmithPg.Common;

namespace LangSmithPg.SupportQueries;

/// <summary>How many rows of a table were changed.</summary>
/// <param name="Table">The table.</param>
/// <param name="Inserted">How many were inserted.</param>
/// <param name="Updated">How many were updated.</param>
/// <param name="Deleted">How many were deleted.</param>
sealed record TableChange(string Table, long Inserted, long Updated, long Deleted)
{
    /// <summary>What was changed since.</summary>
    public TableChange Since(TableChange? before) => before is null ? this : new(Table, Inserted - before.Inserted, Updated - before.Updated, Deleted - before.Deleted);

    /// <summary>Whether nothing was changed.</summary>
    public bool IsNothing => this is { Inserted: 0, Updated: 0, Deleted: 0 };

    /// <inheritdoc/>
    public override string ToString() => $"{VisibleText.Line(Table)}: " + string.Join(", ", new[] { (Inserted, "inserted"), (Updated, "updated"), (Deleted, "deleted") }
        .Where(one => one.Item1 != 0).Select(one => FormattableString.Invariant($"{one.Item1:N0} row{(one.Item1 == 1 ? "" : "s")} {one.Item2}")));
}
