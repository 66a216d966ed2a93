using System.Diagnostics;
using LangSmithPg.Common;
using LangSmithPg.Comparisons;
using LangSmithPg.Connections;
using LangSmithPg.Postgres.Servers;
using LangSmithPg.Servers;

namespace LangSmithPg.Postgres.Comparisons;

/// <summary>Compares two databases, each in one snapshot. Changes nothing, and reads no row but the keys of those that differ.</summary>
static class ComparisonRun
{
    /// <summary>Compares.</summary>
    /// <param name="reference">The connection of the reference.</param>
    /// <param name="difference">The connection of the other database.</param>
    /// <param name="request">What is compared.</param>
    /// <param name="optionsFor">How to connect.</param>
    /// <param name="progress">Told how far it is. Called on any thread.</param>
    /// <param name="cancellationToken">Ends it within moments.</param>
    /// <returns>The comparison; or null, and why one of the servers could not be looked at.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static async Task<(DatabaseComparison? Comparison, ServerObservation? Failed)> RunAsync(
        PgConnectionString reference, PgConnectionString difference, ComparisonRequest request, Func<PgConnectionString, SessionOptions> optionsFor,
        Action<ComparisonProgress> progress, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var startedAt = DateTime.UtcNow;
        progress(new("Reading the definitions of both databases", 0, 0, clock.Elapsed));
        var opening = new[] { reference, difference }
            .Select(connection => ComparisonSide.OpenAsync(connection, optionsFor(connection), request.StatementTimeout, cancellationToken)).ToArray();
        await Task.WhenAll(opening).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        await using var before = SideOf(opening[0]);
        await using var after = SideOf(opening[1]);
        if (before is null || after is null)
        {
            // The first that did not come about: with why, or its exception.
            var failed = await opening.First(one => SideOf(one) is null);
            return (null, failed.Failed);
        }

        var comparison = await CompareAsync(before, after, request, progress, startedAt, clock, cancellationToken);
        return (comparison, null);

        static ComparisonSide? SideOf(Task<(ComparisonSide? Side, ServerObservation? Failed)> opened) => opened.IsCompletedSuccessfully ? opened.Result.Side : null;
    }

    static async Task<DatabaseComparison> CompareAsync(
        ComparisonSide before, ComparisonSide after, ComparisonRequest request, Action<ComparisonProgress> progress, DateTime startedAt, Stopwatch clock,
        CancellationToken cancellationToken)
    {
        var objects = Taken(before.Objects, request);
        var differences = new InventoryComparer(objects, Taken(after.Objects, request), before.Facts.Server.Major == after.Facts.Server.Major).Compare();
        var tables = await new TableRun(before, after, request, progress).RunAsync(cancellationToken);
        progress(new("Comparing sequences", 0, 0, clock.Elapsed));
        var sequences = await CompareSequencesAsync(before, after, tables, request, cancellationToken);
        IReadOnlyList<ObjectDifference> large = request.IsPartial ? [] : await CompareLargeObjectsAsync(before, after, cancellationToken);
        var written = await Task.WhenAll(before.IsWrittenAsync(cancellationToken), after.IsWrittenAsync(cancellationToken));
        return new()
        {
            Reference = before.Connection.Target,
            Difference = after.Connection.Target,
            Purpose = after.Connection.Purpose,
            ReferenceVersion = before.Facts.Server.ShortVersion,
            DifferenceVersion = after.Facts.Server.ShortVersion,
            StartedAt = startedAt,
            Elapsed = clock.Elapsed,
            Tables = tables,
            Objects = [.. differences, .. sequences, .. large],
            ObjectCount = objects.Count,
            IsReferenceWritten = written[0],
            IsDifferenceWritten = written[1],
            IsPartial = request.IsPartial,
        };
    }

    static async Task<IReadOnlyList<ObjectDifference>> CompareSequencesAsync(
        ComparisonSide before, ComparisonSide after, IReadOnlyList<TableComparison> tables, ComparisonRequest request, CancellationToken cancellationToken)
    {
        var values = await Task.WhenAll(ReadAsync(before), ReadAsync(after));
        // Where neither the value nor the rows differ, the column has what it has in the reference.
        var equal = tables.Where(table => table.Status == FindingStatus.Pass).Select(table => table.Name).ToHashSet();
        var same = values[1].ToDictionary(one => one.FullName, one => one.Next);
        var doubtful = values[0].Where(one => same.TryGetValue(one.FullName, out var next) && (next != one.Next || next is null || (one.Table is not null && !equal.Contains(one.Table))))
            .Select(one => one.FullName).ToHashSet();
        if (doubtful.Count == 0)
        {
            return [];
        }

        values = await Task.WhenAll(
            SequenceReader.ReadAsync(before, (_, name) => doubtful.Contains(name), readsColumns: true, cancellationToken),
            SequenceReader.ReadAsync(after, (_, name) => doubtful.Contains(name), readsColumns: true, cancellationToken));
        return SequenceComparer.Compare(values[0], values[1]);

        // What a sequence numbers is compared with it.
        Task<IReadOnlyList<SequenceValue>> ReadAsync(ComparisonSide side) => SequenceReader.ReadAsync(
            side, (schema, name) => request.TakesSchema(schema) && (!request.IsPartial || request.TakesTable(name)), readsColumns: false, cancellationToken);
    }

    // Where only some tables are asked for, of objects only what belongs to them.
    static IReadOnlyList<DatabaseObject> Taken(IReadOnlyList<DatabaseObject> objects, ComparisonRequest request) =>
    [
        .. objects.Where(one => one.Schema is { } schema
            ? request.TakesSchema(schema) && (!request.IsPartial || request.TakesTable(DatabaseObject.Join(schema, one.Name)))
            : !request.IsPartial && (one.Kind != ObjectKind.Schema || request.TakesSchema(one.Name))),
    ];

    static async Task<IReadOnlyList<ObjectDifference>> CompareLargeObjectsAsync(ComparisonSide before, ComparisonSide after, CancellationToken cancellationToken)
    {
        var sums = await Task.WhenAll(before.AddUpLargeObjectsAsync(cancellationToken), after.AddUpLargeObjectsAsync(cancellationToken));
        return sums[0] == sums[1] ? [] :
        [
            new()
            {
                Kind = ObjectKind.LargeObject,
                Name = "large objects",
                Change = ObjectChange.Different,
                Property = sums[0].Rows == sums[1].Rows ? "content" : "count",
                Reference = sums[0].Problem ?? FormattableString.Invariant($"{sums[0].Rows}"),
                Difference = sums[1].Problem ?? FormattableString.Invariant($"{sums[1].Rows}"),
                Status = sums.Any(sum => sum.Problem is not null) ? FindingStatus.Unknown : FindingStatus.Fail,
            },
        ];
    }
}
