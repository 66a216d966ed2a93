using System.Globalization;
using LangSmithPg.Sql;

namespace LangSmithPg.Comparisons;

/// <summary>The statement by which a server counts and adds up the rows of some pieces.</summary>
static class ChecksumStatement
{
    // So many small tables are one round trip, and still well below what a server plans at once.
    const int MostPieces = 50;
    const long MostBytes = 16 * 1024 * 1024;

    /// <summary>Puts small pieces together.</summary>
    /// <param name="pieces">The pieces.</param>
    /// <param name="most">The most pieces in a statement.</param>
    public static IEnumerable<IReadOnlyList<TablePiece>> Group(IEnumerable<TablePiece> pieces, int most)
    {
        List<TablePiece> group = [];
        foreach (var piece in pieces)
        {
            if (group.Count > 0 && (group.Count >= Math.Min(most, MostPieces) || group.Sum(one => one.Bytes) + piece.Bytes > MostBytes))
            {
                yield return group;
                group = [];
            }

            group.Add(piece);
        }

        if (group.Count > 0)
        {
            yield return group;
        }
    }

    /// <summary>The statement. Its rows are the number of the piece, the count of rows, and the sum of the hashes as text.</summary>
    /// <param name="pieces">The pieces.</param>
    /// <param name="hash">How rows are hashed.</param>
    /// <param name="sample">Which rows are added up, or null for all.</param>
    public static string Of(IReadOnlyList<TablePiece> pieces, RowHash hash, Func<ComparedTable, RowSample?> sample) =>
        string.Join("\nunion all\n", pieces.Select((piece, number) =>
        {
            var rows = sample(piece.Table) is { } some ? $" filter (where {some.Condition(piece.Table, hash)})" : "";
            return $"select {number.ToString(CultureInfo.InvariantCulture)}, pg_catalog.count(*), coalesce(pg_catalog.sum({hash.Of(piece.Table.Columns)}){rows}, 0)::pg_catalog.text"
                + $" from only {Name(piece.Stored)}{(piece.Condition is { } condition ? $" where {condition}" : "")}";
        }));

    /// <summary>The quoted name of a table.</summary>
    public static string Name(StoredTable table) => $"{SqlIdentifier.Quote(table.Schema)}.{SqlIdentifier.Quote(table.Name)}";
}
