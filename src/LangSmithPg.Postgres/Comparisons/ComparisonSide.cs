using System.Collections.Concurrent;
using System.Globalization;
using System.Numerics;
using LangSmithPg.Comparisons;
using LangSmithPg.Connections;
using LangSmithPg.Postgres.Servers;
using LangSmithPg.Servers;

namespace LangSmithPg.Postgres.Comparisons;

/// <summary>One of the two databases: sessions that share one snapshot of it.</summary>
sealed class ComparisonSide : IAsyncDisposable
{
    static readonly string Inventory = SqlResource.Read("inventory.sql");
    static readonly string Tables = SqlResource.Read("tables.sql");

    // By the last ANALYZE.
    static readonly string EstimatedTables = Tables
        .Replace(
            "/*bytes*/pg_table_size(s.oid)",
            "(s.relpages + coalesce((select t.relpages from pg_catalog.pg_class t where t.oid = s.reltoastrelid), 0)) * current_setting('block_size')::bigint", StringComparison.Ordinal)
        .Replace("/*blocks*/pg_relation_size(s.oid) / current_setting('block_size')::bigint", "s.relpages::bigint", StringComparison.Ordinal);

    // What a statement with many parts may be long.
    const int MostParts = 200;

    // A table with its indexes and its TOAST table, and as much for the rest of the server.
    const int LocksPerTable = 20;

    readonly PgConnectionString _connection;
    readonly SessionOptions _options;
    readonly TimeSpan _timeout;
    readonly List<SnapshotSession> _sessions = [];
    WriteStamps _stamps = WriteStamps.None;
    long _locks;

    ComparisonSide(PgConnectionString connection, SessionOptions options, TimeSpan timeout, SnapshotSession first) =>
        (_connection, _options, _timeout, _sessions) = (connection, options, timeout, [first]);

    /// <summary>How it is connected.</summary>
    public PgConnectionString Connection => _connection;

    /// <summary>What the server says of itself.</summary>
    public ServerFacts Facts => _sessions[0].Facts;

    /// <summary>What the server computes of a known text: servers that differ in it cannot be compared.</summary>
    public long Probe { get; private set; }

    /// <summary>The objects of the database.</summary>
    public IReadOnlyList<DatabaseObject> Objects { get; private set; } = [];

    /// <summary>The tables that hold rows.</summary>
    public IReadOnlyList<StoredTable> Stored { get; private set; } = [];

    /// <summary>Opens the first session, and asks what there is.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="options">How to connect.</param>
    /// <param name="timeout">Most time for one statement.</param>
    /// <param name="cancellationToken">Ends it within moments.</param>
    /// <returns>The side, or why there is none.</returns>
    /// <exception cref="ComparisonException">The server refused.</exception>
    public static async Task<(ComparisonSide? Side, ServerObservation? Failed)> OpenAsync(
        PgConnectionString connection, SessionOptions options, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var (first, failed) = await SnapshotSession.OpenAsync(connection, snapshot: null, options, timeout, cancellationToken);
        if (first is null)
        {
            return (null, failed);
        }

        var side = new ComparisonSide(connection, options, timeout, first);
        try
        {
            await side.LookAsync(cancellationToken);
            return (side, null);
        }
        catch
        {
            await side.DisposeAsync();
            throw;
        }
    }

    /// <summary>What changes when the rows of a table do; null where the statistics do not tell.</summary>
    /// <param name="tables">The tables that hold its rows.</param>
    public string? StampOf(IReadOnlyList<StoredTable> tables) => _stamps.Of(tables);

    /// <summary>Opens more sessions in the same snapshot. Where the server has no more connections, there are fewer.</summary>
    /// <param name="count">How many there are to be.</param>
    /// <param name="cancellationToken">Ends it within moments.</param>
    public async Task AddSessionsAsync(int count, CancellationToken cancellationToken)
    {
        var added = await Task.WhenAll(Enumerable.Range(0, Math.Max(0, count - _sessions.Count)).Select(_ => AddAsync()));
        _sessions.AddRange(added.OfType<SnapshotSession>());

        async Task<SnapshotSession?> AddAsync()
        {
            try
            {
                return (await SnapshotSession.OpenAsync(_connection, _sessions[0].Snapshot, _options, _timeout, cancellationToken)).Session;
            }
            catch (ComparisonException)
            {
                return null;
            }
        }
    }

    /// <summary>Counts and adds up the rows of tables.</summary>
    /// <param name="pieces">The pieces of the tables.</param>
    /// <param name="hash">How rows are hashed.</param>
    /// <param name="request">Which rows are compared.</param>
    /// <param name="add">Told each piece with what the server computed of it. Called on any thread.</param>
    /// <param name="cancellationToken">Ends it within moments.</param>
    /// <exception cref="ComparisonException">Every session was lost.</exception>
    public async Task AddUpAsync(
        IEnumerable<TablePiece> pieces, RowHash hash, ComparisonRequest request, Action<TablePiece, TableChecksum> add, CancellationToken cancellationToken)
    {
        var left = new ConcurrentQueue<IReadOnlyList<TablePiece>>(ChecksumStatement.Group(pieces, MostPartsFor(_sessions.Count)));
        var read = new ConcurrentDictionary<TablePiece, bool>(ReferenceEqualityComparer.Instance);
        ComparisonException? lost = null;
        // What a session was reading when it broke off may come back after the others have ended.
        do
        {
            await Task.WhenAll(_sessions.Where(session => session.IsOpen).Select(WorkAsync));
        }
        while (!left.IsEmpty && _sessions.Exists(session => session.IsOpen));

        if (!left.IsEmpty)
        {
            throw lost!;
        }

        // Where a session breaks off, the others do its work.
        async Task WorkAsync(SnapshotSession session)
        {
            while (left.TryDequeue(out var group))
            {
                try
                {
                    await AddUpGroupAsync(session, group);
                }
                catch (ComparisonException exception) when (!session.IsOpen)
                {
                    lost = exception;
                    left.Enqueue([.. group.Where(piece => !read.ContainsKey(piece))]);
                    return;
                }
            }
        }

        async Task AddUpGroupAsync(SnapshotSession session, IReadOnlyList<TablePiece> group)
        {
            try
            {
                var rows = await session.AskAsync(
                    ChecksumStatement.Of(group, hash, request.SampleOf),
                    row => (Number: row.GetInt32(0), Sum: new TableChecksum(row.GetInt64(1), BigInteger.Parse(row.GetString(2), CultureInfo.InvariantCulture))), cancellationToken);
                foreach (var (number, sum) in rows)
                {
                    Add(group[number], sum);
                }
            }
            catch (ComparisonException) when (session.IsOpen && group.Count > 1)
            {
                // One of them is the reason, and the others are not to suffer for it.
                foreach (var piece in group)
                {
                    await AddUpGroupAsync(session, [piece]);
                }
            }
            catch (ComparisonException exception) when (session.IsOpen)
            {
                Add(group[0], TableChecksum.Unknown(exception.Error.ToString()));
            }
        }

        void Add(TablePiece piece, TableChecksum sum)
        {
            read[piece] = true;
            add(piece, sum);
        }
    }

    /// <summary>Asks for rows, in the first session.</summary>
    /// <inheritdoc cref="SnapshotSession.AskAsync" path="/param"/>
    /// <inheritdoc cref="SnapshotSession.AskAsync" path="/exception"/>
    public Task<List<T>> AskAsync<T>(string query, Func<Npgsql.NpgsqlDataReader, T> read, CancellationToken cancellationToken) =>
        _sessions[0].AskAsync(query, read, cancellationToken);

    /// <summary>The large objects: how many, and the sum of their hashes.</summary>
    /// <param name="cancellationToken">Ends it within moments.</param>
    public async Task<TableChecksum> AddUpLargeObjectsAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await AskAsync(
                "select pg_catalog.count(*), coalesce(pg_catalog.sum(pg_catalog.hashtextextended(pg_catalog.lo_get(oid)::pg_catalog.text collate pg_catalog.\"C\", oid::pg_catalog.int8)), 0)::pg_catalog.text from pg_catalog.pg_largeobject_metadata",
                row => new TableChecksum(row.GetInt64(0), BigInteger.Parse(row.GetString(1), CultureInfo.InvariantCulture)), cancellationToken))[0];
        }
        catch (ComparisonException exception)
        {
            return TableChecksum.Unknown(exception.Error.ToString());
        }
    }

    /// <summary>Whether rows have changed since the side was opened; null where the statistics do not tell. A new session is needed for it.</summary>
    /// <param name="cancellationToken">Ends it within moments.</param>
    public async Task<bool?> IsWrittenAsync(CancellationToken cancellationToken)
    {
        try
        {
            var (session, _) = await SnapshotSession.OpenAsync(_connection, snapshot: null, _options, _timeout, cancellationToken);
            if (session is null)
            {
                return null;
            }

            await using (session)
            {
                return (await WriteStamps.AskAsync(session, cancellationToken)).AreAfter(_stamps);
            }
        }
        catch (ComparisonException)
        {
            return null;
        }
    }

    /// <summary>Closes the sessions.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var session in _sessions)
        {
            await session.DisposeAsync();
        }
    }

    async Task LookAsync(CancellationToken cancellationToken)
    {
        // Before the snapshot: what is written after it must show.
        _stamps = await WriteStamps.AskAsync(_sessions[0], cancellationToken);
        await _sessions[0].RenewAsync(cancellationToken);
        (Probe, _locks) = (await AskAsync(
            $"select {RowHash.Probe}, current_setting('max_locks_per_transaction')::int8 * current_setting('max_connections')::int8",
            row => (row.GetInt64(0), row.GetInt64(1)), cancellationToken))[0];
        Objects = await AskAsync(
            Inventory, row => DatabaseObject.Read(row.GetString(0), TextOf(row, 1), row.GetString(2), TextOf(row, 3), row.GetString(4)), cancellationToken);
        try
        {
            Stored = await AskTablesAsync(Tables);
        }
        catch (ComparisonException exception) when (exception.Error.Kind == ServerErrorKind.Locked)
        {
            // Whoever asks for the size of a table waits for who holds it.
            Stored = await AskTablesAsync(EstimatedTables);
        }

        Task<List<StoredTable>> AskTablesAsync(string query) => AskAsync(
            query, row => new StoredTable(
                row.GetString(2), row.GetString(3), row.GetString(0), row.GetString(1), row.GetInt64(4), row.GetInt64(5), row.GetBoolean(6), row.GetBoolean(7), row.GetBoolean(8),
                StoredTable.ReadColumns(TextOf(row, 9)), StoredTable.ReadKey(TextOf(row, 10))), cancellationToken);
    }

    /// <summary>How many tables one statement may read: a server that has no room for locks may end the session.</summary>
    /// <param name="sessions">How many sessions do so at a time.</param>
    public int MostPartsFor(int sessions) => (int)Math.Clamp(_locks / (LocksPerTable * sessions), 1, MostParts);

    static string? TextOf(Npgsql.NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
