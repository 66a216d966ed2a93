using LangSmithPg.Charts;
using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Readiness;

namespace LangSmithPg.Releases;

/// <summary>All databases of a LangSmith release: what values and Secrets say of them, and what their servers show.</summary>
public sealed record ReleaseReport
{
    /// <summary>The version of the chart; null when the chart did not say.</summary>
    public ChartVersion? ChartVersion { get; init; }

    /// <summary>The known version that was used in place of <see cref="ChartVersion"/>; null where that one is known, or the chart itself was read.</summary>
    public ChartVersion? TakenFor { get; init; }

    /// <summary>Full paths of the values files, in the order of Helm's <c>-f</c>.</summary>
    public required IReadOnlyList<string> Paths { get; init => field = value.ToArray(); }

    /// <summary>The databases that are used, LangSmith's own first.</summary>
    public required IReadOnlyList<ReadinessReport> Databases { get; init => field = value.ToArray(); }

    /// <summary>The worst status of all databases.</summary>
    public FindingStatus Status => Databases.Select(database => database.Status).DefaultIfEmpty(FindingStatus.Unknown).Max();

    /// <summary>Whether every database is ready. One that could not be checked is not known to be ready.</summary>
    public bool IsReady => Databases.Count > 0 && Databases.All(database => database.IsReady);

    /// <summary>The verdict in a few words: <c>ready</c>, <c>not ready: 2 of 4 databases</c>, or <c>not known: 1 of 4 databases</c>.</summary>
    public string Verdict
    {
        get
        {
            var failed = Databases.Count(database => !database.IsReady && database.Status == FindingStatus.Fail);
            var unknown = Databases.Count(database => !database.IsReady && database.Status != FindingStatus.Fail);
            return (failed, unknown) switch
            {
                (0, 0) => "ready",
                (0, _) => $"not known: {unknown} of {Databases.Count} databases",
                _ => $"not ready: {failed} of {Databases.Count} databases",
            };
        }
    }

    /// <summary>The failures of all databases that no other finding causes and that are not accepted: what somebody has to fix.</summary>
    public IReadOnlyList<Finding> Problems => Databases.SelectMany(database => database.Problems).ToArray();

    /// <summary>What to do about the failures, each remedy once, in order.</summary>
    public IReadOnlyList<Remedy> Fixes => Databases.SelectMany(database => database.Fixes).Distinct().ToArray();

    /// <inheritdoc/>
    public override string ToString() => $"LangSmith{(ChartVersion is null ? "" : $", chart {ChartVersion}")}: {Verdict}";
}
