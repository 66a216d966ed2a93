using LangSmithPg.CatalogueTool.Sources;
using LangSmithPg.Charts;
using LangSmithPg.Charts.Data;

namespace LangSmithPg.CatalogueTool.Facts;

/// <summary>What one version of the chart says of itself.</summary>
/// <param name="Version">The version.</param>
/// <param name="Values">Its values.</param>
/// <param name="Features">What it can do.</param>
/// <param name="Workloads">Its workloads that have to do with LangSmith's PostgreSQL, each with one variant.</param>
/// <param name="Pods">Its other pods.</param>
/// <param name="Refusals">The keys with which Helm fails.</param>
/// <param name="Flags">The values that may not be texts.</param>
/// <param name="Keys">The keys of the values.</param>
sealed record ChartFacts(
    ChartVersion Version,
    ChartValues Values,
    IReadOnlySet<ChartFeature> Features,
    IReadOnlyList<WorkloadData> Workloads,
    IReadOnlyList<PodData> Pods,
    IReadOnlyList<ChartRefusal> Refusals,
    IReadOnlyList<string> Flags,
    ChartKeyNames Keys)
{
    /// <summary>Reads a chart.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="existing">The catalogue as it is: a few facts are not in the charts.</param>
    public static ChartFacts Read(SourceChart chart, CatalogueData existing)
    {
        var validation = new Refusals(chart);
        return new(
            chart.Version, chart.Values, FeatureMarks.In(chart), Facts.Workloads.Of(chart, existing), OtherPods.Of(chart), validation.All, validation.Flags,
            ChartKeyNames.Of(chart, validation.All.Where(one => !one.AllowsEmpty).Select(one => $"{one.Path}").ToHashSet(StringComparer.Ordinal)));
    }
}
