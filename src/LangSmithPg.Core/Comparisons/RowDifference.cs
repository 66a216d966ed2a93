using LangSmithPg.Common;

namespace LangSmithPg.Comparisons;

/// <summary>A row that is not the same in both databases.</summary>
public sealed record RowDifference
{
    /// <summary>
    /// What identifies the row: the columns of its key, such as <c>id=42</c>. Of a table without a key, where it lies, such as <c>ctid=(0,1)</c>.
    /// </summary>
    public required string Key { get; init => field = VisibleText.Line(value); }

    /// <summary>How it differs.</summary>
    public required ObjectChange Change { get; init; }

    /// <summary>The columns that differ, where both databases have the row. No value of them is read.</summary>
    public IReadOnlyList<ColumnDifference> Columns { get; init => field = value.ToArray(); } = [];

    /// <inheritdoc/>
    public override string ToString() => Change == ObjectChange.Different ? $"{Key}: {string.Join("; ", Columns)}" : $"{Key}: {(Change == ObjectChange.Missing ? "missing" : "not in the reference")}";
}
