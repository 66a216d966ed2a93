using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Findings;
using LangSmithPg.Readiness;

namespace LangSmithPg.Comparisons;

/// <summary>Whether one database has the same as another one: its rows, its sequences and its definitions.</summary>
public sealed record DatabaseComparison
{
    /// <summary>The server and database of the reference, without secrets.</summary>
    public required string Reference { get; init; }

    /// <summary>The server and database that is compared with the reference, without secrets.</summary>
    public required string Difference { get; init; }

    /// <summary>The version of the reference's server, such as <c>14.23</c>.</summary>
    public required string ReferenceVersion { get; init; }

    /// <summary>The version of the other server, such as <c>17.10</c>.</summary>
    public required string DifferenceVersion { get; init; }

    /// <summary>What the databases are for.</summary>
    public DatabasePurpose Purpose { get; init; } = DatabasePurpose.LangSmith;

    /// <summary>When the first of the two snapshots was taken, in UTC. What was written later is not in the comparison.</summary>
    public required DateTime StartedAt { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The tables that both have, the largest first.</summary>
    public required IReadOnlyList<TableComparison> Tables { get; init => field = value.ToArray(); }

    /// <summary>The objects that differ in their definition, their owner, their grants or, of sequences, in their next value.</summary>
    public required IReadOnlyList<ObjectDifference> Objects { get; init => field = value.ToArray(); }

    /// <summary>How many objects of the reference were compared.</summary>
    public int ObjectCount { get; init; }

    /// <summary>Whether rows of the reference changed during the comparison; null where its statistics do not tell.</summary>
    public bool? IsReferenceWritten { get; init; }

    /// <summary>Whether rows of the other database changed during the comparison; null where its statistics do not tell.</summary>
    public bool? IsDifferenceWritten { get; init; }

    /// <summary>Whether only some tables were asked for.</summary>
    public bool IsPartial { get; init; }

    /// <summary>How many bytes were read on the reference's server.</summary>
    public long Bytes => Tables.Sum(table => table.Bytes);

    /// <summary>How many rows were compared.</summary>
    public long Rows => Tables.Sum(table => table.ReferenceRows ?? 0);

    /// <summary>The tables whose rows are not the same, or are not known to be.</summary>
    public IReadOnlyList<TableComparison> DifferentTables => Tables.Where(table => table.Status != FindingStatus.Pass).ToArray();

    /// <summary>The worst status of all tables and objects.</summary>
    public FindingStatus Status => Tables.Select(table => table.Status).Concat(Objects.Select(one => one.Status)).DefaultIfEmpty(FindingStatus.Pass).Max();

    /// <summary>Whether everything that LangSmith stores and reads is the same. Other owners, for example, are only a warning.</summary>
    public bool IsEqual => !Tables.Select(table => table.Status).Concat(Objects.Select(one => one.Status)).Any(status => status is FindingStatus.Fail or FindingStatus.Unknown);

    /// <summary>The verdict in a few words: <c>equal</c>, <c>different: 2 tables, 1 object</c>, or <c>not known: 1 table</c>.</summary>
    public string Verdict
    {
        get
        {
            var decisive = Status == FindingStatus.Fail ? FindingStatus.Fail : FindingStatus.Unknown;
            var tables = Tables.Count(table => table.Status == decisive);
            var objects = Objects.Count(one => one.Status == decisive);
            string[] counts = [.. Counted(tables, "table"), .. Counted(objects, "object")];
            return IsEqual ? "equal" : $"{(decisive == FindingStatus.Fail ? "different" : "not known")}: {string.Join(", ", counts)}";
        }
    }

    /// <summary>The result as findings with stable ids, such as <c>Compare.Data</c> and <c>Compare.Index</c>.</summary>
    public IReadOnlyList<Finding> Findings => ComparisonFindings.Of(this).ToArray();

    /// <summary>The result as a report, which Export-LangSmithPgReport and Compare-LangSmithPgReport take.</summary>
    internal ReadinessReport ToReport() => new()
    {
        Target = Difference,
        Kind = ReportKind.Comparison,
        Purpose = Purpose,
        ServerVersion = DifferenceVersion,
        Elapsed = Elapsed,
        Findings = Findings,
    };

    /// <inheritdoc/>
    public override string ToString() => $"{Difference} compared with {Reference}: {Verdict}";

    static string[] Counted(int count, string noun) => count switch { 0 => [], 1 => [$"1 {noun}"], _ => [FormattableString.Invariant($"{count} {noun}s")] };
}
