using LangSmithPg.Budgets;
using LangSmithPg.Common;
using LangSmithPg.Readiness;

namespace LangSmithPg.Reports;

/// <summary>Everything that a written report says: one database or many.</summary>
/// <param name="Title">The title.</param>
/// <param name="GeneratedAt">When it was written.</param>
/// <param name="ModuleVersion">Version of the module that wrote it.</param>
/// <param name="Databases">The databases, in the order in which they were looked at.</param>
sealed record FleetReport(string Title, DateTimeOffset GeneratedAt, string ModuleVersion, IReadOnlyList<ReadinessReport> Databases)
{
    /// <summary>The default title.</summary>
    public const string DefaultTitle = "PostgreSQL readiness for LangSmith";

    /// <summary>A title for reports, by what they are about.</summary>
    /// <param name="databases">The reports.</param>
    internal static string TitleFor(IReadOnlyList<ReadinessReport> databases) => KindOf(databases) switch
    {
        ReportKind.Comparison => "Comparison of PostgreSQL databases",
        ReportKind.Move => "Move of a PostgreSQL database",
        ReportKind.Health => "Health of PostgreSQL for LangSmith",
        _ => DefaultTitle,
    };

    static ReportKind KindOf(IReadOnlyList<ReadinessReport> databases) =>
        databases.Select(database => database.Kind).Distinct().Count() == 1 ? databases[0].Kind : ReportKind.Readiness;

    /// <summary>Who checked the databases, and from where, or null where it is not known.</summary>
    internal CheckOrigin? Origin { get; init; }

    /// <summary>The connection budgets of their releases.</summary>
    public IReadOnlyList<ConnectionBudget> Budgets { get; init; } = [];

    /// <summary>How many databases are ready.</summary>
    public int ReadyCount => Databases.Count(database => database.IsReady);

    /// <summary>Whether all of them are.</summary>
    public bool IsReady => ReadyCount == Databases.Count;

    /// <summary>How many findings of all databases came out so.</summary>
    /// <param name="status">How they came out.</param>
    public int Count(FindingStatus status) => Databases.Sum(database => database.Count(status));

    /// <summary>How many findings of all databases are accepted.</summary>
    internal int AcceptedCount => Databases.Sum(database => database.AcceptedCount);

    /// <summary>How many failures of all databases have no other cause.</summary>
    internal int ProblemCount => Databases.Sum(database => database.Problems.Count);

    /// <summary>What the reports are about, where it is the same of all.</summary>
    internal ReportKind Kind => KindOf(Databases);

    /// <summary>The verdict in a few words.</summary>
    internal string Verdict => (Databases.Count, ReadyCount) switch
    {
        (1, 1) => $"The database is {Kind.Good()}{WithAccepted}",
        (1, _) when Databases[0] is { Status: not FindingStatus.Fail, Findings.Count: > 0 } => $"Whether the database is {Kind.Good()} is not known",
        (1, _) => $"The database is not {Kind.Good()}",
        var (all, ready) when ready == all => $"All {all} databases are {Kind.Good()}{WithAccepted}",
        var (all, ready) => $"{all - ready} of {all} databases {(all - ready == 1 ? "is" : "are")} not {Kind.Good()}",
    };

    string WithAccepted => AcceptedCount == 0 ? "" : $", with {Prose.Count(AcceptedCount, "accepted finding", "accepted findings")}";

    /// <summary>The databases in the order in which an admin has work with them.</summary>
    internal IReadOnlyList<ReadinessReport> WorstFirst =>
        [.. Databases.OrderBy(database => database.IsReady).ThenByDescending(database => database.Status)];

    /// <summary>What needs attention, worst first over all databases; what another finding causes comes after what is a problem of its own.</summary>
    internal IReadOnlyList<Issue> Issues =>
        [.. Databases.SelectMany(database => database.Attention.Select(finding => Issue.Of(database.Target, finding)))
            .OrderByDescending(issue => issue.Status).ThenBy(issue => issue.CausedBy is not null)];

    /// <summary>What is accepted, worst first over all databases.</summary>
    internal IReadOnlyList<Issue> AcceptedIssues =>
        [.. Databases.SelectMany(database => database.Accepted.Select(finding => Issue.Of(database.Target, finding))).OrderByDescending(issue => issue.Status)];

    /// <summary>The ids of all findings, each once, in an order that keeps that of every database.</summary>
    internal IReadOnlyList<string> FindingIds
    {
        get
        {
            List<string> ids = [];
            foreach (var database in Databases)
            {
                var place = 0;
                foreach (var id in database.Findings.Select(finding => finding.Id))
                {
                    var known = ids.IndexOf(id);
                    if (known < 0)
                    {
                        ids.Insert(place, id);
                    }

                    place = known < 0 ? place + 1 : known + 1;
                }
            }

            return ids;
        }
    }
}
