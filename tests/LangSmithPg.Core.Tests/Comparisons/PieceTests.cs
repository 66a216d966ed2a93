using LangSmithPg.Comparisons;

namespace LangSmithPg.Core.Tests.Comparisons;

/// <summary>Tables are read in pieces that leave nothing out.</summary>
public sealed class PieceTests
{
    const long Megabyte = 1024 * 1024;

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(8192, 1, 1)]
    [InlineData(64 * Megabyte, 8192, 1)]
    [InlineData((64 * Megabyte) + 1, 8193, 2)]
    [InlineData(1000 * Megabyte, 128_000, 16)]
    // All of it outside of the rows.
    [InlineData(1000 * Megabyte, 3, 3)]
    public void The_pieces_are_all_of_the_table(long bytes, long blocks, int count)
    {
        var table = Table(bytes, blocks);
        var pieces = TablePiece.Of(table, isReference: true).ToList();

        Assert.Equal(count, pieces.Count);
        Assert.Equal(0, pieces[0].FirstBlock);
        // Rows that came since the size was asked for are in the last one.
        Assert.Null(pieces[^1].EndBlock);
        Assert.All(pieces.Zip(pieces.Skip(1)), pair => Assert.Equal(pair.First.EndBlock, pair.Second.FirstBlock));
    }

    [Fact]
    public void A_table_without_blocks_is_read_at_once() =>
        Assert.Null(Assert.Single(TablePiece.Of(Table(1000 * Megabyte, 100_000, isHeap: false), isReference: true)).Condition);

    [Fact]
    public void Small_tables_are_read_together_within_limits()
    {
        List<TablePiece> pieces = [.. Enumerable.Range(0, 120).SelectMany(_ => TablePiece.Of(Table(8192, 1), isReference: true)), .. TablePiece.Of(Table(60 * Megabyte, 7680), isReference: true)];

        Assert.Equal([50, 50, 20, 1], ChecksumStatement.Group(pieces, most: 200).Select(group => group.Count));
        Assert.Equal(121, ChecksumStatement.Group(pieces, most: 1).Count());
    }

    [Fact]
    public void Names_and_marks_are_quoted_in_statements()
    {
        var hash = new RowHash(5, "none", IsConverted: false);
        var statement = ChecksumStatement.Of([.. TablePiece.Of(Table(8192, 1, name: "a \"b"), isReference: true)], hash, _ => null);

        Assert.Equal(
            "select 0, pg_catalog.count(*), coalesce(pg_catalog.sum(pg_catalog.hashtextextended(row(\"y\"\"z\")::pg_catalog.text collate pg_catalog.\"C\", "
                + "pg_catalog.hashtextextended(coalesce(\"x\"::pg_catalog.text, 'none') collate pg_catalog.\"C\", '5'::pg_catalog.int8))), 0)::pg_catalog.text from only \"s\".\"a \"\"b\"",
            statement);
    }

    static ComparedTable Table(long bytes, long blocks, bool isHeap = true, string name = "t")
    {
        var stored = new StoredTable(
            "s", name, "s", name, bytes, blocks, isHeap, IsReadable: true, IsMaterializedView: false, [new("x", "text", false, true), new("y\"z", "s.mood", false, false)], ["x"]);
        return new("s", name, [stored], [stored]);
    }
}
