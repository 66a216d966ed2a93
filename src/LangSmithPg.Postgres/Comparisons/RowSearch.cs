using System.Globalization;
using System.Numerics;
using LangSmithPg.Comparisons;

namespace LangSmithPg.Postgres.Comparisons;

/// <summary>Finds the rows of a table that differ. Of their values, only the keys leave the servers.</summary>
/// <param name="reference">The reference.</param>
/// <param name="difference">The other side.</param>
/// <param name="hash">How rows are hashed.</param>
/// <param name="request">How many rows to look for.</param>
/// <param name="progress">Told the table that is searched.</param>
sealed class RowSearch(ComparisonSide reference, ComparisonSide difference, RowHash hash, ComparisonRequest request, Action<string> progress)
{
    // What is kept in memory at a time.
    const long MostRowsAtOnce = 200_000;

    /// <summary>Finds them.</summary>
    /// <param name="table">The table.</param>
    /// <param name="comparison">What is known of it.</param>
    /// <param name="cancellationToken">Ends it within moments.</param>
    /// <returns>The same with the rows that were found; as it was where a server refused.</returns>
    public async Task<TableComparison> FindAsync(ComparedTable table, TableComparison comparison, CancellationToken cancellationToken)
    {
        progress(table.FullName);
        var (before, after) = (new RowSearchStatement(table, hash, IsReference: true), new RowSearchStatement(table, hash, IsReference: false));
        try
        {
            var parts = await FindPartsAsync(before, after, cancellationToken);
            List<(FoundRow? Before, FoundRow? After)> found = [];
            for (var done = 0; done < parts.Count && found.Count <= request.MaximumRows;)
            {
                List<int> some = [];
                for (var rows = 0L; done < parts.Count && (some.Count == 0 || rows + parts[done].Rows <= MostRowsAtOnce); done++)
                {
                    some.Add(parts[done].Part);
                    rows += parts[done].Rows;
                }

                var rowsOf = await Task.WhenAll(ReadAsync(reference, before, some), ReadAsync(difference, after, some));
                found.AddRange(FoundRow.Unequal(rowsOf[0], rowsOf[1]));
            }

            var shown = found.Take(request.MaximumRows).ToList();
            var columns = await CompareColumnsAsync(table, before, after, shown, cancellationToken);
            return comparison with { Rows = shown.Select(pair => Describe(pair, columns)).ToArray(), HasAllRows = found.Count <= request.MaximumRows };
        }
        catch (ComparisonException exception)
        {
            return comparison with { Problem = $"The rows that differ were not found: {exception.Error}" };
        }

        Task<List<FoundRow>> ReadAsync(ComparisonSide side, RowSearchStatement statement, IEnumerable<int> some) => side.AskAsync(
            statement.RowsOf(some), row => new FoundRow(row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.GetInt32(3), row.GetString(4)), cancellationToken);
    }

    async Task<IReadOnlyList<(int Part, long Rows)>> FindPartsAsync(RowSearchStatement before, RowSearchStatement after, CancellationToken cancellationToken)
    {
        var sums = await Task.WhenAll(SumAsync(reference, before), SumAsync(difference, after));
        return
        [
            .. sums[0].Keys.Union(sums[1].Keys).Where(part => sums[0].GetValueOrDefault(part) != sums[1].GetValueOrDefault(part)).Order()
                .Select(part => (part, Math.Max(sums[0].GetValueOrDefault(part).Rows, sums[1].GetValueOrDefault(part).Rows))),
        ];

        async Task<Dictionary<int, (long Rows, BigInteger Sum)>> SumAsync(ComparisonSide side, RowSearchStatement statement) => (await side.AskAsync(
            statement.Sums, row => (Part: row.GetInt32(0), Rows: row.GetInt64(1), Sum: BigInteger.Parse(row.GetString(2), CultureInfo.InvariantCulture)), cancellationToken))
            .ToDictionary(one => one.Part, one => (one.Rows, one.Sum));
    }

    async Task<IReadOnlyDictionary<FoundRow, IReadOnlyList<ColumnDifference>>> CompareColumnsAsync(
        ComparedTable table, RowSearchStatement before, RowSearchStatement after, IReadOnlyList<(FoundRow? Before, FoundRow? After)> pairs, CancellationToken cancellationToken)
    {
        List<(FoundRow Before, FoundRow After)> both = [.. pairs.Where(pair => pair is { Before: not null, After: not null }).Select(pair => (pair.Before!, pair.After!))];
        var values = await Task.WhenAll(
            ReadAsync(reference, before, both.Select(pair => pair.Before)), ReadAsync(difference, after, both.Select(pair => pair.After)));
        return both.ToDictionary(pair => pair.Before, pair => Compare(values[0].GetValueOrDefault((pair.Before.Stored, pair.Before.Place)), values[1].GetValueOrDefault((pair.After.Stored, pair.After.Place))));

        IReadOnlyList<ColumnDifference> Compare((string?[] Hashes, string?[] Lengths) one, (string?[] Hashes, string?[] Lengths) other) => one.Hashes is null || other.Hashes is null ? [] :
        [
            .. table.Columns.Select((column, number) => (column, number)).Where(each => one.Hashes[each.number] != other.Hashes[each.number])
                .Select(each => new ColumnDifference(each.column.Name, Number(one.Lengths[each.number]), Number(other.Lengths[each.number]))),
        ];

        async Task<Dictionary<(int Stored, string Place), (string?[] Hashes, string?[] Lengths)>> ReadAsync(ComparisonSide side, RowSearchStatement statement, IEnumerable<FoundRow> rows)
        {
            Dictionary<(int, string), (string?[], string?[])> read = [];
            foreach (var group in rows.GroupBy(row => row.Stored))
            {
                var found = await side.AskAsync(
                    statement.ColumnsOf(group.Key, group.Select(row => row.Place)), row => (Place: row.GetString(0), Hashes: Items(row.GetString(1)), Lengths: Items(row.GetString(2))), cancellationToken);
                found.ForEach(one => read[(group.Key, one.Place)] = (one.Hashes, one.Lengths));
            }

            return read;
        }
    }

    static RowDifference Describe((FoundRow? Before, FoundRow? After) pair, IReadOnlyDictionary<FoundRow, IReadOnlyList<ColumnDifference>> columns) => pair switch
    {
        ({ } before, { }) => new() { Key = before.Name, Change = ObjectChange.Different, Columns = columns[before] },
        ({ } before, null) => new() { Key = before.Name, Change = ObjectChange.Missing },
        (null, { } after) => new() { Key = after.Name, Change = ObjectChange.Extra },
        _ => throw new ArgumentException("A row is needed.", nameof(pair)),
    };

    // Numbers and nulls alone: nothing is quoted.
    static string?[] Items(string array) => [.. array[1..^1].Split(',').Select(item => item == "NULL" ? null : item)];

    static long? Number(string? text) => text is null ? null : long.Parse(text, CultureInfo.InvariantCulture);
}
