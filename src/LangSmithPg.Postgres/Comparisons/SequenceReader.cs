using System.Globalization;
using LangSmithPg.Comparisons;
using LangSmithPg.Postgres.Servers;
using LangSmithPg.Sql;

namespace LangSmithPg.Postgres.Comparisons;

/// <summary>Reads the sequences of a database with the values that they give next.</summary>
static class SequenceReader
{
    static readonly string Query = SqlResource.Read("sequences.sql");

    /// <summary>Reads them.</summary>
    /// <param name="side">The database.</param>
    /// <param name="takes">Decides by its schema, and its name with it, whether a sequence is asked for.</param>
    /// <param name="readsColumns">Whether the columns that they number are asked for their farthest values.</param>
    /// <param name="cancellationToken">Ends it within moments.</param>
    public static async Task<IReadOnlyList<SequenceValue>> ReadAsync(ComparisonSide side, Func<string, string, bool> takes, bool readsColumns, CancellationToken cancellationToken)
    {
        var known = await side.AskAsync(Query, row => (
            Schema: row.GetString(0), Name: row.GetString(1), Increment: row.GetInt64(2),
            Column: row.IsDBNull(3) ? null : new SequencedColumn(row.GetString(3), row.GetString(4), row.GetString(5))), cancellationToken);
        List<SequenceValue> positions = [];
        foreach (var chunk in known.Where(one => takes(one.Schema, DatabaseObject.Join(one.Schema, one.Name))).Chunk(side.MostPartsFor(sessions: 1)))
        {
            positions.AddRange(await ReadChunkAsync(chunk));
        }

        return positions;

        async Task<IEnumerable<SequenceValue>> ReadChunkAsync((string Schema, string Name, long Increment, SequencedColumn? Column)[] chunk)
        {
            try
            {
                var values = await side.AskAsync(
                    string.Join("\nunion all\n", chunk.Select((one, number) => string.Create(CultureInfo.InvariantCulture,
                        $"select {number}, s.last_value, s.is_called, {(readsColumns ? one.Column?.FarthestText(one.Increment) : null) ?? "null::pg_catalog.text"} from {SqlIdentifier.Quote(one.Schema)}.{SqlIdentifier.Quote(one.Name)} s"))),
                    row => (Number: row.GetInt32(0), Last: row.GetInt64(1), IsCalled: row.GetBoolean(2), Farthest: row.IsDBNull(3) ? null : row.GetString(3)), cancellationToken);
                return values.Select(one => Position(chunk[one.Number], one.IsCalled ? (decimal)one.Last + chunk[one.Number].Increment : one.Last, one.Farthest));
            }
            catch (ComparisonException) when (chunk.Length > 1)
            {
                List<SequenceValue> single = [];
                foreach (var one in chunk)
                {
                    single.AddRange(await ReadChunkAsync([one]));
                }

                return single;
            }
            catch (ComparisonException) when (readsColumns && chunk[0].Column is not null)
            {
                // It may be the column that cannot be read.
                return await ReadChunkAsync([chunk[0] with { Column = null }]);
            }
            catch (ComparisonException)
            {
                return [Position(chunk[0], next: null, farthest: null)];
            }
        }
    }

    static SequenceValue Position((string Schema, string Name, long Increment, SequencedColumn? Column) one, decimal? next, string? farthest) => new(
        one.Schema, one.Name, next, one.Increment, one.Column?.TableName, one.Column?.FullName,
        decimal.TryParse(farthest, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null);
}
