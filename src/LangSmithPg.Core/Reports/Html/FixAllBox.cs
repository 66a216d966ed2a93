using LangSmithPg.Common;
using LangSmithPg.Readiness;

namespace LangSmithPg.Reports.Html;

/// <summary>All SQL of the failures of a database, to be copied at once.</summary>
static class FixAllBox
{
    public static Markup Write(ReadinessReport database) => SqlStatements.Count(database.FixSql) is > 0 and var count
        ? Markup.Of($"""
            <div class="fix all" data-copy="Copy all SQL for {database.Target}">
            <div class="bar"><h3>{Title(database)}: {Prose.Count(count, "statement", "statements")}</h3></div>
            <p class="muted">Run the SQL as an administrator of the database.{(IsComplete(database) ? "" : " It does not fix everything: the other fixes are below.")}</p>
            <pre><code>{database.FixSql}</code></pre>
            </div>
            """)
        : default;

    static string Title(ReadinessReport database) => (FixedBySql(database), database.Problems.Count) switch
    {
        _ when IsComplete(database) => "Fix everything",
        (0, _) => "SQL of the failures",
        var (some, all) when some == all => $"Fix {Prose.Count(all, "problem", "problems")}",
        var (some, all) => $"Fix {some} of {all} problems",
    };

    // Failures that were left out are counted, but their fixes are not known.
    static bool IsComplete(ReadinessReport database) =>
        FixedBySql(database) == database.Problems.Count && database.FailCount == database.Findings.Count(finding => finding.IsFailure);

    static int FixedBySql(ReadinessReport database) => database.Problems.Count(problem => problem.Fix?.Kind == RemedyKind.Sql);
}
