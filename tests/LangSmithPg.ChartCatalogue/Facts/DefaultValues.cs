using System.Text.RegularExpressions;
using LangSmithPg.CatalogueTool.Sources;
using LangSmithPg.Charts;

namespace LangSmithPg.CatalogueTool.Facts;

/// <summary>Of a chart's own values, those that say how many pods there are, and those that conditions depend on.</summary>
static partial class DefaultValues
{
    /// <summary>Reads them, by their paths.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="variables">The variables that its templates set.</param>
    public static IReadOnlyDictionary<string, string> Of(SourceChart chart, IReadOnlyList<ChartVariable> variables) =>
        chart.Values.Paths.Where(path => Scale().IsMatch(path)).Concat(variables.SelectMany(one => one.When.AllPaths)).Distinct(StringComparer.Ordinal)
            .Select(path => (Path: path, Text: chart.Values.Text(path)))
            // A list of two lines cannot be a condition.
            .Where(one => one.Text is not null && !one.Text.Contains(", ", StringComparison.Ordinal) && !one.Text.Contains('\n', StringComparison.Ordinal))
            .ToDictionary(one => one.Path, one => one.Text!, StringComparer.Ordinal);

    [GeneratedRegex(@"\.(replicas|replicaCount|minReplicas|maxReplicas|minReplicaCount|maxReplicaCount|maxSurge|parallelism|maxConnectionsPerMigrationPod)\z|\.autoscaling(\.hpa|\.keda)?\.enabled\z|\.strategy\.type\z")]
    private static partial Regex Scale();
}
