using LangSmithPg.Readiness;

namespace LangSmithPg.Reports.Comparison;

/// <summary>A database in two reports, or in one of them.</summary>
/// <param name="Earlier">The database in the earlier report, or null.</param>
/// <param name="Later">The database in the later report, or null.</param>
sealed record DatabasePair(ReadinessReport? Earlier, ReadinessReport? Later)
{
    /// <summary>
    /// Pairs databases by their target. Those that share a target, such as two schemas of one database, are told apart by role and schema;
    /// a role that changed does not make another database of one that has its target alone.
    /// </summary>
    /// <param name="earlier">The earlier reports, one of each database.</param>
    /// <param name="later">The later reports, one of each database.</param>
    public static IReadOnlyList<DatabasePair> Of(IReadOnlyList<ReadinessReport> earlier, IReadOnlyList<ReadinessReport> later)
    {
        var before = earlier.ToLookup(report => report.Target, StringComparer.Ordinal);
        var after = later.ToLookup(report => report.Target, StringComparer.Ordinal);
        return
        [
            .. later.Select(report => new DatabasePair(Partner(report, before, after), report)),
            .. earlier.Where(report => Partner(report, after, before) is null).Select(report => new DatabasePair(report, null)),
        ];
    }

    /// <summary>The last report of each database, in the order of the first.</summary>
    /// <param name="reports">The reports.</param>
    public static IReadOnlyList<ReadinessReport> LastOfEach(IEnumerable<ReadinessReport> reports) => [.. reports.GroupBy(Key).Select(group => group.Last())];

    /// <summary>The databases of which there is more than one report.</summary>
    /// <param name="reports">The reports.</param>
    public static IReadOnlyList<ReadinessReport> Repeated(IEnumerable<ReadinessReport> reports) =>
        [.. reports.GroupBy(Key).Where(group => group.Count() > 1).Select(group => group.Last())];

    static ReadinessReport? Partner(ReadinessReport report, ILookup<string, ReadinessReport> others, ILookup<string, ReadinessReport> own)
    {
        List<ReadinessReport> candidates = [.. others[report.Target]];
        return candidates.Count == 1 && own[report.Target].Count() == 1 ? candidates[0] : candidates.Find(other => Key(other) == Key(report));
    }

    static (string Target, string? UserName, string? Schema) Key(ReadinessReport report) => (report.Target, report.UserName, report.Schema);
}
