using LangSmithPg.Common;
using LangSmithPg.Findings;

namespace LangSmithPg.Health.Rules;

/// <summary>Whether an index was left over by a CREATE INDEX CONCURRENTLY or REINDEX CONCURRENTLY that failed.</summary>
sealed class InvalidIndexRule() : HealthRule<ObjectFacts>(
    "Health.InvalidIndexes", "No query uses an invalid index, but every write has to maintain it; a migration takes it for the index that it wants.",
    "sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY", facts => facts.Objects)
{
    protected override Finding Evaluate(HealthInput input, ObjectFacts facts, Finding finding) => facts switch
    {
        { InvalidCount: > 0 } => finding with
        {
            Status = FindingStatus.Warning,
            Message = $"{(facts.InvalidCount == 1 ? "1 index is" : $"{facts.InvalidCount} indexes are")} invalid: {Listing.Of([.. facts.InvalidIndexes.Select(index => HealthText.Name(index.Schema, index.Name))], facts.InvalidCount)}.",
            Fix = Remedy.Sql(string.Join('\n', facts.InvalidIndexes.Take(5).Select(Statement))),
        },
        { BuildingCount: > 0 } => finding with { Message = $"{Listing.Count(facts.BuildingCount, "index")} may be being built at this moment.", Fix = "Check again later." },
        _ => Pass(finding, "All indexes are valid."),
    };

    // REINDEX CONCURRENTLY leaves the copy under such a name; the index itself is still there.
    static string Statement(IndexFacts index) => index.Name.Contains("_ccnew", StringComparison.Ordinal) || index.Name.Contains("_ccold", StringComparison.Ordinal)
        ? $"DROP INDEX CONCURRENTLY {HealthText.Sql(index.Schema, index.Name)};"
        : $"REINDEX INDEX CONCURRENTLY {HealthText.Sql(index.Schema, index.Name)};";
}

/// <summary>Whether large indexes are maintained for nothing.</summary>
sealed class UnusedIndexRule() : HealthRule<ObjectFacts>(
    "Health.UnusedIndexes", "Every write maintains each index of its table, whether a query uses it or not.", "monitoring-stats.html#MONITORING-PG-STAT-ALL-INDEXES-VIEW", facts => facts.Objects)
{
    /// <summary>From which size an index counts.</summary>
    public const long LeastBytes = 100L << 20;

    // What runs once a month has run by then.
    static readonly TimeSpan LongEnough = TimeSpan.FromDays(30);

    protected override Finding Evaluate(HealthInput input, ObjectFacts facts, Finding finding)
    {
        var age = input.Facts.Activity.Facts?.StatisticsAge;
        return (facts.UnusedCount, age) switch
        {
            (0, _) => Pass(finding, "Queries use every large index."),
            (_, { } known) when known >= LongEnough => finding with
            {
                Status = FindingStatus.Warning,
                Message = $"No query has used {(facts.UnusedCount == 1 ? "1 large index" : $"{facts.UnusedCount} large indexes")} ({ByteSize.Text(facts.UnusedBytes)}) for {(int)known.TotalDays} days: {Listing.Of([.. facts.UnusedIndexes.Select(index => HealthText.Name(index.Schema, index.Name))], facts.UnusedCount)}.",
                Evidence = string.Join("; ", facts.UnusedIndexes.Take(5).Select(index => $"{HealthText.Name(index.Schema, index.Name)}: {ByteSize.Text(index.Bytes)}")),
                Fix = Remedy.Sql("-- Only what your own administrators created, and no standby uses: LangSmith's migrations rely on their indexes.\n"
                    + string.Join('\n', facts.UnusedIndexes.Take(5).Select(index => $"DROP INDEX CONCURRENTLY {HealthText.Sql(index.Schema, index.Name)};"))),
            },
            _ => finding with { Message = $"No query has used {(facts.UnusedCount == 1 ? "1 large index" : $"{facts.UnusedCount} large indexes")} yet, but the server has counted {(age is { } since ? $"only for {(int)since.TotalDays} of {(int)LongEnough.TotalDays} days" : "for an unknown time")}." },
        };
    }
}

/// <summary>Whether large indexes have the same columns as others.</summary>
sealed class DuplicateIndexRule() : HealthRule<ObjectFacts>(
    "Health.DuplicateIndexes", "Every write maintains both, and queries use one.", "sql-createindex.html", facts => facts.Objects)
{
    /// <summary>From which size an index counts.</summary>
    public const long LeastBytes = 10L << 20;

    protected override Finding Evaluate(HealthInput input, ObjectFacts facts, Finding finding) => facts.DuplicateCount == 0
        ? Pass(finding, "No two large indexes are the same.")
        : finding with
        {
            Status = FindingStatus.Warning,
            Message = $"{(facts.DuplicateCount == 1 ? "1 large index is the same as another one" : $"{facts.DuplicateCount} large indexes are the same as others")}: {Listing.Of([.. facts.DuplicateIndexes.Select(index => HealthText.Name(index.Schema, index.Name))], facts.DuplicateCount)}.",
            Evidence = string.Join("; ", facts.DuplicateIndexes.Take(5).Select(index => $"{HealthText.Name(index.Schema, index.Name)} ({ByteSize.Text(index.Bytes)}) is the same as {HealthText.Name(index.KeptSchema, index.KeptName)}")),
            Fix = Remedy.Sql("-- Only what your own administrators created: LangSmith's migrations rely on the names of their indexes.\n"
                + string.Join('\n', facts.DuplicateIndexes.Take(5).Select(index => $"DROP INDEX CONCURRENTLY {HealthText.Sql(index.Schema, index.Name)};"))),
        };
}
