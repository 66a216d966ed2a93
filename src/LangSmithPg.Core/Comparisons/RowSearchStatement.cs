using System.Globalization;
using LangSmithPg.Sql;

namespace LangSmithPg.Comparisons;

/// <summary>
/// The statements that find the rows of a table that differ: first the parts of it whose sums differ, then the rows in those, then the columns.
/// A part is chosen by the hash of the key, because an order of keys is not the same with another collation.
/// </summary>
/// <param name="Table">The table.</param>
/// <param name="Hash">How rows are hashed.</param>
/// <param name="IsReference">Which side.</param>
sealed record RowSearchStatement(ComparedTable Table, RowHash Hash, bool IsReference)
{
    /// <summary>How many parts there are.</summary>
    public const int Parts = 4096;

    // Enough to find a row again.
    const int KeyLength = 200;

    // Of a table without a key, the row itself.
    string KeyHash => Hash.Of(Table.Key.Count > 0 ? Table.Key : Table.Columns);

    string Part => $"({KeyHash} & {Parts - 1})";

    /// <summary>Rows of: the part, how many rows it has, and the sum of their hashes as text.</summary>
    public string Sums =>
        $"select p.part::pg_catalog.int4, pg_catalog.count(*), pg_catalog.sum(p.hash)::pg_catalog.text from ({Union(_ => $"{Part} as part, {Hash.Of(Table.Columns)} as hash")}) p group by p.part";

    /// <summary>Rows of: the hash of the key, the hash of the row, the key, the number of the stored table, and the place in it.</summary>
    /// <param name="parts">The parts to look into.</param>
    public string RowsOf(IEnumerable<int> parts) => Union(
        number => $"{KeyHash}, {Hash.Of(Table.Columns)}, {Key}, {number}, ctid::pg_catalog.text",
        $"{Part} in ({string.Join(", ", parts.Select(part => part.ToString(CultureInfo.InvariantCulture)))})");

    /// <summary>Rows of: the place, then for each column its hash and the length of its text, or nulls.</summary>
    /// <param name="stored">The number of the stored table.</param>
    /// <param name="places">The places of rows in it.</param>
    public string ColumnsOf(int stored, IEnumerable<string> places) =>
        $"select ctid::pg_catalog.text, array[{string.Join(", ", Table.Columns.Select(Hash.Of))}]::pg_catalog.text, array[{string.Join(", ", Table.Columns.Select(Length))}]::pg_catalog.text"
        + $" from only {ChecksumStatement.Name(Table.Of(IsReference)[stored])} where ctid = any({SqlLiteral.Quote($"{{{string.Join(',', places.Select(place => $"\"{place}\""))}}}")}::pg_catalog.tid[])";

    // Every way to write a value takes null as an empty text.
    string Key => Table.Key.Count == 0
        ? "''"
        : $"pg_catalog.left(pg_catalog.concat_ws(', ', {string.Join(", ", Table.Key.Select(column => $"{SqlLiteral.Quote($"{column.Name}=")} || pg_catalog.concat({SqlIdentifier.Quote(column.Name)})"))}), {KeyLength})";

    static string Length(TableColumn column) =>
        $"case when pg_catalog.num_nulls({SqlIdentifier.Quote(column.Name)}) = 0 then pg_catalog.octet_length(pg_catalog.concat({SqlIdentifier.Quote(column.Name)})) end";

    string Union(Func<int, string> columns, string? condition = null) => string.Join(
        " union all ",
        Table.Of(IsReference).Select((stored, number) => $"select {columns(number)} from only {ChecksumStatement.Name(stored)}{(condition is null ? "" : $" where {condition}")}"));
}
