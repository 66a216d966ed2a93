using System.Globalization;

namespace LangSmithPg.Comparisons;

/// <summary>A part of a table that is read by one statement: a range of its blocks, or all of it.</summary>
/// <param name="Table">The table that it counts for.</param>
/// <param name="Stored">The table that holds the rows.</param>
/// <param name="FirstBlock">The first block.</param>
/// <param name="EndBlock">The block after the last one, or null for all that follow.</param>
/// <param name="Bytes">About how much is read.</param>
sealed record TablePiece(ComparedTable Table, StoredTable Stored, long FirstBlock, long? EndBlock, long Bytes)
{
    // Some tenths of a second: often enough to show progress and to end.
    const long LargestPiece = 64L * 1024 * 1024;

    /// <summary>The pieces of a table on one side.</summary>
    /// <param name="table">The table.</param>
    /// <param name="isReference">Which side.</param>
    public static IEnumerable<TablePiece> Of(ComparedTable table, bool isReference) => table.Of(isReference).SelectMany(stored => Of(table, stored));

    /// <summary>The condition that the rows of the piece meet, or null for all rows.</summary>
    public string? Condition => (FirstBlock, EndBlock) switch
    {
        (0, null) => null,
        (0, { } end) => $"ctid < {Place(end)}",
        (_, null) => $"ctid >= {Place(FirstBlock)}",
        (_, { } end) => $"ctid >= {Place(FirstBlock)} and ctid < {Place(end)}",
    };

    static string Place(long block) => string.Create(CultureInfo.InvariantCulture, $"'({block},0)'::pg_catalog.tid");

    static IEnumerable<TablePiece> Of(ComparedTable table, StoredTable stored)
    {
        var count = stored.IsHeap && stored.Blocks > 0 ? Math.Clamp((stored.Bytes + LargestPiece - 1) / LargestPiece, 1, stored.Blocks) : 1;
        for (var number = 0L; number < count; number++)
        {
            yield return new(
                table, stored, stored.Blocks * number / count, number == count - 1 ? null : stored.Blocks * (number + 1) / count, stored.Bytes / count);
        }
    }
}
