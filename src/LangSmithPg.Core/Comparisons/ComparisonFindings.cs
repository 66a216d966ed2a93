using System.Globalization;
using LangSmithPg.Common;
using LangSmithPg.Findings;

namespace LangSmithPg.Comparisons;

/// <summary>A comparison as findings: one for each kind of difference, or that there is none.</summary>
static class ComparisonFindings
{
    // Enough to see what is wrong; the comparison itself has the rest.
    const int MostNames = 3;
    const int MostLines = 50;

    const string Rows = "Compare.Data";
    const string Owner = "Compare.Owner";
    const string Grants = "Compare.Grants";
    const string NextValue = "Compare.NextValue";
    const string Extension = "Compare.Extension";

    /// <summary>The findings, the rows first.</summary>
    /// <param name="comparison">The comparison.</param>
    public static IReadOnlyList<Finding> Of(DatabaseComparison comparison)
    {
        List<Finding> findings = [Data(comparison), .. Views(comparison), .. Written(comparison)];
        var groups = comparison.Objects.GroupBy(IdOf).Select(group => Group(comparison, group.Key, [.. group])).ToList();
        if (groups.Count == 0)
        {
            findings.Add(Create(comparison, "Compare.Objects", FindingStatus.Pass, $"The definitions of {Count(comparison.ObjectCount, "object")} are equal."));
        }

        return [.. findings, .. groups];
    }

    static Finding Data(DatabaseComparison comparison)
    {
        var failed = comparison.Tables.Where(table => table.Status == FindingStatus.Fail).ToList();
        var unknown = comparison.Tables.Where(table => table.Status == FindingStatus.Unknown).ToList();
        var sampled = comparison.Tables.Count(table => table.SamplePercent is not null);
        var evidence = Lines([.. failed.Concat(unknown).Select(table => table.ToString())]);
        return (failed.Count, unknown.Count) switch
        {
            ( > 0, _) => Create(
                comparison, Rows, FindingStatus.Fail, $"The rows of {Names(failed, table => table.Name)} are not those of {comparison.Reference}.", evidence,
                comparison.IsReferenceWritten == true ? "Stop LangSmith, so that nothing writes to the reference, and copy and compare the database again."
                    : failed.Exists(table => table.Rows.Count > 0) ? "Copy these tables again. The property DifferentTables of the comparison has the rows that differ."
                    : "Compare with -Detailed to see which rows differ, and copy these tables again."),
            (0, > 0) => Create(
                comparison, Rows, FindingStatus.Unknown, $"The rows of {Names(unknown, table => table.Name)} could not be compared.", evidence,
                "Grant the role SELECT on these tables in both databases, or see the server's own message."),
            _ when sampled > 0 => Create(
                comparison, Rows, FindingStatus.Pass,
                $"The rows of {Count(comparison.Tables.Count, "table")} are equal to those of {comparison.Reference}, {sampled} of them in a sample; the counts are equal in all."),
            _ => Create(
                comparison, Rows, FindingStatus.Pass, $"The rows of {Count(comparison.Tables.Count, "table")} are equal to those of {comparison.Reference}: {Count(comparison.Rows, "row")}."),
        };
    }

    static IEnumerable<Finding> Views(DatabaseComparison comparison)
    {
        var stale = comparison.Tables.Where(table => table.Status == FindingStatus.Warning).ToList();
        return stale.Count == 0 ? [] :
        [
            Create(
                comparison, "Compare.MaterializedData", FindingStatus.Warning, $"The rows of {Names(stale, table => table.Name)} are not the same, as after a refresh.",
                Lines([.. stale.Select(table => table.ToString())]),
                "If the difference matters, refresh the materialized views in both databases (REFRESH MATERIALIZED VIEW), and compare again."),
        ];
    }

    static IEnumerable<Finding> Written(DatabaseComparison comparison)
    {
        string[] written =
        [
            .. comparison.IsReferenceWritten == true ? [comparison.Reference] : Array.Empty<string>(),
            .. comparison.IsDifferenceWritten == true ? [comparison.Difference] : Array.Empty<string>(),
        ];
        return written.Length == 0 ? [] :
        [
            Create(
                comparison, "Compare.Written", FindingStatus.Warning, $"Rows of {string.Join(" and of ", written)} changed during the comparison.",
                evidence: null, "Stop what writes to the database, and compare again."),
        ];
    }

    static string IdOf(ObjectDifference one) => (one.Property, one.Kind) switch
    {
        ("owner", _) => Owner,
        ("grants" or "column grants", _) => Grants,
        (SequenceComparer.NextValue, _) => NextValue,
        (_, ObjectKind.Database) => "Compare.Database",
        (_, ObjectKind.Schema) => "Compare.Schema",
        (_, ObjectKind.Extension) => Extension,
        (_, ObjectKind.Type) => "Compare.Type",
        (_, ObjectKind.Collation) => "Compare.Collation",
        (_, ObjectKind.Table) => "Compare.Table",
        (_, ObjectKind.Column) => "Compare.Column",
        (_, ObjectKind.Constraint) => "Compare.Constraint",
        (_, ObjectKind.Index) => "Compare.Index",
        (_, ObjectKind.Sequence) => "Compare.Sequence",
        (_, ObjectKind.View) => "Compare.View",
        (_, ObjectKind.MaterializedView) => "Compare.MaterializedView",
        (_, ObjectKind.Function) => "Compare.Function",
        (_, ObjectKind.Trigger) => "Compare.Trigger",
        (_, ObjectKind.Rule) => "Compare.Rule",
        (_, ObjectKind.Policy) => "Compare.Policy",
        (_, ObjectKind.Statistics) => "Compare.Statistics",
        (_, ObjectKind.Operator) => "Compare.Operator",
        (_, ObjectKind.Cast) => "Compare.Cast",
        (_, ObjectKind.EventTrigger) => "Compare.EventTrigger",
        (_, ObjectKind.Publication) => "Compare.Publication",
        _ => "Compare.LargeObject",
    };

    static Finding Group(DatabaseComparison comparison, string id, IReadOnlyList<ObjectDifference> differences)
    {
        var status = differences.Max(one => one.Status);
        var first = differences.OrderByDescending(one => one.Status).ToList();
        var message = differences.Count == 1 ? $"{first[0]}." : $"{Count(differences.Count, "difference")}: {Names(first, one => one.ToString(), "; ")}.";
        return Create(comparison, id, status, message, Lines([.. first.Select(one => one.ToString())]), Fix(id, status, first));
    }

    static Remedy? Fix(string id, FindingStatus status, IReadOnlyList<ObjectDifference> differences) => id switch
    {
        NextValue when status == FindingStatus.Fail => Remedy.Sql(string.Join('\n', differences.Select(one => one.Fix).OfType<string>())),
        Owner => "Change the owners with Set-LangSmithPgOwner, if LangSmith's role does not own them.",
        Grants => "Grant the privileges again, if other roles still need them.",
        Extension when status == FindingStatus.Fail => "Install the extension with Install-LangSmithPgExtensions.",
        _ when status == FindingStatus.Unknown => $"Compare the definitions of {Names(differences, one => one.Name)}: different versions of PostgreSQL may write the same one in different ways.",
        _ when status == FindingStatus.Fail => $"Restore the definitions of {Names(differences, one => one.Name)} again. The property Objects of the comparison shows both.",
        _ => null,
    };

    static string Names<T>(IReadOnlyList<T> all, Func<T, string> name, string separator = ", ") =>
        string.Join(separator, all.Take(MostNames).Select(name)) + (all.Count > MostNames ? $"{separator}and {all.Count - MostNames} more" : "");

    static string? Lines(IReadOnlyList<string> lines) => lines.Count == 0 ? null
        : string.Join('\n', lines.Take(MostLines)) + (lines.Count > MostLines ? $"\n… and {lines.Count - MostLines} more" : "");

    static string Count(long count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {noun}{(count == 1 ? "" : "s")}");

    static Finding Create(DatabaseComparison comparison, string id, FindingStatus status, string message, string? evidence = null, Remedy? fix = null) => new()
    {
        Id = id,
        Status = status,
        Target = comparison.Difference,
        Message = message,
        Evidence = evidence,
        Fix = fix,
        Why = id switch
        {
            Rows => "What is not there is lost to LangSmith once the reference is gone.",
            NextValue when status == FindingStatus.Fail => "The next INSERT fails, because the value is already used.",
            _ => null,
        },
    };
}
