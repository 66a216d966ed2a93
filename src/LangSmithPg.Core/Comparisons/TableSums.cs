namespace LangSmithPg.Comparisons;

/// <summary>What is known of a table while it is read, piece by piece on both servers.</summary>
/// <param name="table">The table.</param>
/// <param name="sample">Which rows are compared, or null for all.</param>
sealed class TableSums(ComparedTable table, RowSample? sample)
{
    readonly IReadOnlyList<TablePiece> _reference = [.. TablePiece.Of(table, isReference: true)];
    readonly IReadOnlyList<TablePiece> _difference = [.. TablePiece.Of(table, isReference: false)];
    TableChecksum _before = new(0, 0);
    TableChecksum _after = new(0, 0);
    int _added;

    /// <summary>The table.</summary>
    public ComparedTable Table => table;

    /// <summary>Which rows are compared, or null for all.</summary>
    public RowSample? Sample => sample;

    /// <summary>How to tell later that it has not changed; null where that cannot be told.</summary>
    public KnownTable? Stamp { get; init; }

    /// <summary>The result; null as long as it is not known.</summary>
    public TableComparison? Result { get; set; }

    /// <summary>All pieces.</summary>
    public IEnumerable<TablePiece> Pieces => _reference.Concat(_difference);

    /// <summary>The pieces of one side.</summary>
    /// <param name="isReference">Which side.</param>
    public IReadOnlyList<TablePiece> PiecesOf(bool isReference) => isReference ? _reference : _difference;

    /// <summary>Adds what a server computed of a piece.</summary>
    /// <param name="sum">What it computed.</param>
    /// <param name="isReference">Which side.</param>
    /// <returns>Whether it was the last piece, and there is a result.</returns>
    public bool Add(TableChecksum sum, bool isReference)
    {
        (_before, _after) = isReference ? (_before.Plus(sum), _after) : (_before, _after.Plus(sum));
        if (++_added < _reference.Count + _difference.Count)
        {
            return false;
        }

        Result = TableComparer.Compare(table, _before, _after, sample);
        return true;
    }
}
