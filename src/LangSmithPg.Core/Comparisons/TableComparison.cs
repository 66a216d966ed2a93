using System.Globalization;
using LangSmithPg.Common;

namespace LangSmithPg.Comparisons;

/// <summary>A table of both databases: how many rows each has, and whether they are the same.</summary>
public sealed record TableComparison
{
    /// <summary>Its name with its schema. The rows of partitions count for their table.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// <see cref="FindingStatus.Pass"/> where all rows are the same, <see cref="FindingStatus.Fail"/> where not, or <see cref="FindingStatus.Warning"/>
    /// of a materialized view, which a refresh changes; <see cref="FindingStatus.Unknown"/> where one of the servers could not compute it.
    /// </summary>
    public required FindingStatus Status { get; init; }

    /// <summary>How many rows the reference has; null where it is not known.</summary>
    public long? ReferenceRows { get; init; }

    /// <summary>How many rows the other database has; null where it is not known.</summary>
    public long? DifferenceRows { get; init; }

    /// <summary>The size in the reference, in bytes, with what is stored outside of its rows (TOAST), without indexes.</summary>
    public long Bytes { get; init; }

    /// <summary>How many of a hundred rows were compared, where it was a sample; null where it was all.</summary>
    public double? SamplePercent { get; init; }

    /// <summary>When an earlier run found it equal, in UTC, if its rows have not changed since; null where it was read now.</summary>
    public DateTime? ComparedAt { get; init; }

    /// <summary>Why it is not known, in the server's words; null otherwise.</summary>
    public string? Problem { get; init => field = value is null ? null : VisibleText.Of(value); }

    /// <summary>The rows that differ, as far as they were looked for (<c>-Detailed</c>).</summary>
    public IReadOnlyList<RowDifference> Rows { get; init => field = value.ToArray(); } = [];

    /// <summary>Whether <see cref="Rows"/> has every row that differs.</summary>
    public bool HasAllRows { get; init; }

    /// <inheritdoc/>
    public override string ToString() => this switch
    {
        { Status: FindingStatus.Pass, SamplePercent: { } percent } => string.Create(CultureInfo.InvariantCulture, $"{Name}: {Count(ReferenceRows)}, equal in a sample of {percent:0.####} %"),
        { Status: FindingStatus.Pass } => $"{Name}: {Count(ReferenceRows)}, equal",
        { Status: FindingStatus.Unknown } => $"{Name}: not compared. {Problem}",
        _ when ReferenceRows != DifferenceRows => $"{Name}: {Count(DifferenceRows)} in place of {Count(ReferenceRows)}",
        { HasAllRows: true } => $"{Name}: {Count(ReferenceRows)}, {Rows.Count} differ",
        _ => $"{Name}: {Count(ReferenceRows)}, not all equal",
    };

    static string Count(long? rows) => string.Create(CultureInfo.InvariantCulture, $"{rows:#,0} {(rows == 1 ? "row" : "rows")}");
}
