using LangSmithPg.Comparisons;
using LangSmithPg.Postgres.Servers;

namespace LangSmithPg.Postgres.Comparisons;

/// <summary>What the statistics of a database say of each table's rows at one moment.</summary>
/// <param name="tables">For each table, a text that changes when its rows do, and how many rows were written.</param>
sealed class WriteStamps(IReadOnlyDictionary<(string Schema, string Name), (string Stamp, long Writes)> tables)
{
    static readonly string Query = SqlResource.Read("stamps.sql");

    readonly IReadOnlyDictionary<(string Schema, string Name), (string Stamp, long Writes)> _tables = tables;

    /// <summary>Nothing was asked yet.</summary>
    public static WriteStamps None { get; } = new(new Dictionary<(string Schema, string Name), (string Stamp, long Writes)>());

    /// <summary>Asks for them.</summary>
    /// <param name="session">The session.</param>
    /// <param name="cancellationToken">Ends it within moments.</param>
    /// <exception cref="ComparisonException">The server refused.</exception>
    public static async Task<WriteStamps> AskAsync(SnapshotSession session, CancellationToken cancellationToken) => new((await session.AskAsync(
        Query, row => (Key: (row.GetString(0), row.GetString(1)), Value: (row.GetString(2), row.GetInt64(3))), cancellationToken)).ToDictionary(one => one.Key, one => one.Value));

    /// <summary>What changes when the rows of a table do; null where the statistics do not tell.</summary>
    /// <param name="stored">The tables that hold its rows.</param>
    public string? Of(IReadOnlyList<StoredTable> stored)
    {
        List<string?> stamps = [.. stored.Select(table => _tables.TryGetValue((table.Schema, table.Name), out var found) ? found.Stamp : null)];
        return stamps.Contains(null) ? null : string.Join(' ', stamps.Order(StringComparer.Ordinal));
    }

    /// <summary>Whether rows were written since an earlier moment.</summary>
    /// <param name="before">The earlier moment.</param>
    public bool AreAfter(WriteStamps before) => before._tables.Any(one => _tables.TryGetValue(one.Key, out var now) && now.Writes != one.Value.Writes);
}
