using System.Diagnostics;
using LangSmithPg.Common;
using LangSmithPg.Comparisons;

namespace LangSmithPg.Postgres.Comparisons;

/// <summary>Compares the rows of the tables that both databases have.</summary>
/// <param name="reference">The reference.</param>
/// <param name="difference">The other side.</param>
/// <param name="request">Which tables are compared, and how.</param>
/// <param name="progress">Told how far it is. Called on any thread.</param>
sealed class TableRun(ComparisonSide reference, ComparisonSide difference, ComparisonRequest request, Action<ComparisonProgress> progress)
{
    readonly RowHash _hash = RowHash.Create(reference.Facts.Database.Encoding != difference.Facts.Database.Encoding);
    readonly Stopwatch _clock = Stopwatch.StartNew();
    readonly object _lock = new();
    long _done;
    long _total;

    /// <summary>Compares them.</summary>
    /// <param name="cancellationToken">Ends it within moments.</param>
    /// <exception cref="ComparisonException">All sessions of one side were lost.</exception>
    public async Task<IReadOnlyList<TableComparison>> RunAsync(CancellationToken cancellationToken)
    {
        List<TableSums> tables =
        [
            .. ComparedTable.Match(reference.Stored, difference.Stored)
                .Where(table => request.TakesSchema(table.Schema) && request.TakesTable(table.FullName)).Select(Prepare),
        ];
        List<TableSums> read = [.. tables.Where(table => table.Result is null)];
        _total = read.Sum(table => table.Pieces.Sum(piece => piece.Bytes));
        // The first that fails ends the other.
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] sides = [AddUpAsync(reference, isReference: true), AddUpAsync(difference, isReference: false)];
        await await Task.WhenAny(sides.Select(EndOthersAsync).ToArray());
        await Task.WhenAll(sides);
        return request.IsDetailed ? await FindRowsAsync(tables, cancellationToken) : [.. tables.Select(table => table.Result!)];

        async Task AddUpAsync(ComparisonSide side, bool isReference)
        {
            List<(TableSums Table, TablePiece Piece)> own = [.. read.SelectMany(table => table.PiecesOf(isReference).Select(piece => (table, piece)))];
            var byPiece = own.ToDictionary<(TableSums Table, TablePiece Piece), object, TableSums>(one => one.Piece, one => one.Table, ReferenceEqualityComparer.Instance);
            await side.AddSessionsAsync(Math.Min(request.Sessions, own.Count), stopping.Token);
            await side.AddUpAsync(own.Select(one => one.Piece), _hash, request, (piece, sum) => Add(byPiece[piece], piece, sum, isReference), stopping.Token);
        }

        async Task EndOthersAsync(Task side)
        {
            try
            {
                await side;
            }
            catch
            {
                await stopping.CancelAsync();
                throw;
            }
        }
    }

    TableSums Prepare(ComparedTable table)
    {
        var sample = request.SampleOf(table);
        var problem = reference.Probe != difference.Probe ? "The servers compute hashes in different ways, as on processors with another byte order."
            : !table.Reference.All(stored => stored.IsReadable) ? "The role may not read it in the reference."
            : !table.Difference.All(stored => stored.IsReadable) ? "The role may not read it."
            : null;
        var sums = new TableSums(table, sample) { Stamp = StampOf(table) };
        if (problem is not null)
        {
            sums.Result = TableComparer.Compare(table, TableChecksum.Unknown(problem), TableChecksum.Unknown(problem), sample);
        }
        else if (sums.Stamp is { } stamp && request.Known.TryGetValue(table.FullName, out var known) && known == stamp with { Rows = known.Rows, At = known.At })
        {
            var sum = new TableChecksum(known.Rows, 0);
            sums.Result = TableComparer.Compare(table, sum, sum, sample: null) with { ComparedAt = known.At };
        }

        return sums;
    }

    // Null where there is no way to tell later that it has not changed.
    KnownTable? StampOf(ComparedTable table) => reference.StampOf(table.Reference) is { } before && difference.StampOf(table.Difference) is { } after
        ? new(table.FullName, before, after, string.Join(", ", table.Columns.Select(column => $"{column.Name} {column.Type}")), 0, DateTime.UtcNow)
        : null;

    void Add(TableSums table, TablePiece piece, TableChecksum sum, bool isReference)
    {
        lock (_lock)
        {
            _done += piece.Bytes;
            if (table.Add(sum, isReference) && table is { Sample: null, Stamp: { } stamp, Result: { Status: FindingStatus.Pass } result })
            {
                request.Record?.Invoke(stamp with { Rows = result.ReferenceRows ?? 0 });
            }

            progress(new($"Reading {table.Table.FullName}", _done, _total, _clock.Elapsed));
        }
    }

    async Task<IReadOnlyList<TableComparison>> FindRowsAsync(IEnumerable<TableSums> tables, CancellationToken cancellationToken)
    {
        var search = new RowSearch(reference, difference, _hash, request, name => progress(new($"Looking for the rows that differ in {name}", 0, 0, _clock.Elapsed)));
        List<TableComparison> found = [];
        foreach (var table in tables)
        {
            found.Add(table.Result!.Status is FindingStatus.Fail or FindingStatus.Warning ? await search.FindAsync(table.Table, table.Result, cancellationToken) : table.Result);
        }

        return found;
    }
}
