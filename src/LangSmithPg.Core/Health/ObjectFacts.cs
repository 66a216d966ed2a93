namespace LangSmithPg.Health;

/// <summary>What a database stores, from its catalogs and statistics. Lists are bounded, worst first.</summary>
/// <param name="OldestTables">The tables with the oldest transaction and multixact ids.</param>
/// <param name="BehindCount">How many tables have more dead rows than autovacuum should leave.</param>
/// <param name="Behind">The first of them.</param>
/// <param name="LargestTables">The largest tables.</param>
/// <param name="InvalidCount">How many indexes are not valid, and nobody is building them.</param>
/// <param name="BuildingCount">How many are not valid, and somebody may be building them.</param>
/// <param name="InvalidIndexes">The first of those that are not valid.</param>
/// <param name="UnusedCount">How many large indexes no query has used.</param>
/// <param name="UnusedBytes">Their size.</param>
/// <param name="UnusedIndexes">The first of them.</param>
/// <param name="DuplicateCount">How many large indexes have the same columns as another one.</param>
/// <param name="DuplicateIndexes">The first of them.</param>
/// <param name="Collations">The collations of indexes that have a version.</param>
sealed record ObjectFacts(
    IReadOnlyList<OldTable> OldestTables, int BehindCount, IReadOnlyList<TableBehind> Behind, IReadOnlyList<LargeTable> LargestTables,
    int InvalidCount, int BuildingCount, IReadOnlyList<IndexFacts> InvalidIndexes, int UnusedCount, long UnusedBytes, IReadOnlyList<IndexFacts> UnusedIndexes,
    int DuplicateCount, IReadOnlyList<DuplicateIndex> DuplicateIndexes, IReadOnlyList<CollationVersion> Collations);

/// <summary>A table and how many ids were used since its oldest ones.</summary>
sealed record OldTable(string Schema, string Name, long TransactionAge, long MultixactAge, bool IsTemporary);

/// <summary>A table that autovacuum has not been at.</summary>
/// <param name="Schema">Its schema.</param>
/// <param name="Name">Its name.</param>
/// <param name="DeadRows">How many rows nobody needs any more.</param>
/// <param name="Rows">How many rows there are.</param>
/// <param name="Threshold">From how many dead rows autovacuum vacuums it, by the settings of the server and its own.</param>
/// <param name="IsDisabled">Whether autovacuum is turned off for it.</param>
/// <param name="Vacuumed">When it was vacuumed last, or null.</param>
sealed record TableBehind(string Schema, string Name, long DeadRows, long Rows, long Threshold, bool IsDisabled, DateTimeOffset? Vacuumed);

/// <summary>A large table.</summary>
/// <param name="Schema">Its schema.</param>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Its size as of the last VACUUM or ANALYZE, with long values, without indexes.</param>
/// <param name="HeapBytes">Its size without long values.</param>
/// <param name="PackedBytes">The most that its rows can take; null where the statistics are hidden or not there.</param>
sealed record LargeTable(string Schema, string Name, long Bytes, long HeapBytes, long? PackedBytes);

/// <summary>An index.</summary>
sealed record IndexFacts(string Schema, string Name, long Bytes, bool IsUnique);

/// <summary>An index with the same columns as another one.</summary>
sealed record DuplicateIndex(string Schema, string Name, long Bytes, string KeptSchema, string KeptName);

/// <summary>A collation, its version when indexes were created, and that of the server's libraries today.</summary>
sealed record CollationVersion(string Schema, string Name, string Version, string? ActualVersion);
