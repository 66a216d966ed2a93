using LangSmithPg.Helm.Linting;
using LangSmithPg.Readiness;

namespace LangSmithPg.Releases;

/// <summary>Puts together what is known of each database of a release: from values and Secrets, and from its server.</summary>
static class ReleaseEvaluator
{
    /// <summary>The report of one database.</summary>
    /// <param name="database">The database.</param>
    /// <param name="live">What its server showed; null where it was not asked.</param>
    public static ReadinessReport Evaluate(ResolvedDatabase database, ReadinessReport? live) => live is null
        ? new()
        {
            Target = database.Target,
            Purpose = database.Database.Purpose,
            UserName = database.Connection?.UserName,
            Findings = database.Findings,
        }
        : live.WithFindings([.. live.Findings, .. database.Findings.Select(finding => finding with { Target = live.Target })]);

    /// <summary>The report of the release.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="files">The values files.</param>
    /// <param name="databases">The reports of its databases.</param>
    public static ReleaseReport Evaluate(LintChart chart, IReadOnlyList<ValuesFile> files, IReadOnlyList<ReadinessReport> databases)
    {
        ArgumentNullException.ThrowIfNull(chart);
        return new() { ChartVersion = chart.Version, TakenFor = chart.TakenFor, Paths = [.. files.Select(file => file.Path)], Databases = databases };
    }
}
