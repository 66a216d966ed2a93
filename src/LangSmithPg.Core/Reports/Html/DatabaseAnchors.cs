using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Readiness;

namespace LangSmithPg.Reports.Html;

/// <summary>A database at its place on the page, and the names by which readers and links find it and its findings.</summary>
/// <param name="Number">Its place.</param>
/// <param name="Report">The database.</param>
/// <param name="Label">What tells it from others with the same target, or null where nothing needs to.</param>
sealed record DatabaseAnchors(int Number, ReadinessReport Report, string? Label)
{
    public string Anchor => $"d{Number}";

    /// <summary>Gives each database its place, and a label where several have one target.</summary>
    public static IReadOnlyList<DatabaseAnchors> Of(IReadOnlyList<ReadinessReport> databases)
    {
        var byTarget = databases.ToLookup(database => database.Target, StringComparer.Ordinal);
        return [.. databases.Select((database, index) => new DatabaseAnchors(index + 1, database, LabelOf(database, [.. byTarget[database.Target]])))];
    }

    // Findings can be equal, so the place counts.
    public string AnchorOf(Finding finding) => $"{Anchor}-f{Report.Findings.ToList().FindIndex(other => ReferenceEquals(other, finding))}";

    /// <summary>
    /// The findings that are listed with this one. Ids of a report that was read from a file need not be unique: only what has no cause
    /// itself, and is at least as bad, has such a list, so that no failure is hidden.
    /// </summary>
    public IReadOnlyList<Finding> ConsequencesOf(Finding finding) => [.. Report.Attention.Where(other => ReferenceEquals(CauseOf(other), finding))];

    /// <summary>What somebody should look at, worst first, without what is listed with its cause.</summary>
    public IReadOnlyList<Finding> Cards => [.. Report.Attention.Where(finding => CauseOf(finding) is null)];

    /// <summary>The label as it follows the target.</summary>
    public Markup LabelMarkup => Label is null ? default : Markup.Of($""" <small dir="auto">{Label}</small>""");

    Finding? CauseOf(Finding finding) =>
        Report.CauseOf(finding) is { CausedBy: null, Status: > FindingStatus.Pass } cause && cause.Status >= finding.Status ? cause : null;

    static string? LabelOf(ReadinessReport database, IReadOnlyList<ReadinessReport> namesakes)
    {
        if (namesakes.Count == 1)
        {
            return null;
        }

        string?[] parts =
        [
            database.UserName is { } role ? $"role {role}" : null,
            database.Schema is { } schema && namesakes.Count(other => other.UserName == database.UserName) > 1 ? $"schema {schema}" : null,
        ];
        return string.Join(", ", parts.OfType<string>()) is { Length: > 0 } label ? label : null;
    }
}
