using LangSmithPg.CatalogueTool.Sources;
using LangSmithPg.Charts;
using LangSmithPg.Charts.Data;
using LangSmithPg.Charts.Reading;

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
/// <param name="Variables">The environment variables that the templates set.</param>
/// <param name="Defaults">What its values say on the number of pods, and on what conditions depend on.</param>
sealed record ChartFacts(
    ChartVersion Version,
    ChartValues Values,
    IReadOnlySet<ChartFeature> Features,
    IReadOnlyList<WorkloadData> Workloads,
    IReadOnlyList<PodData> Pods,
    IReadOnlyList<ChartRefusal> Refusals,
    IReadOnlyList<string> Flags,
    ChartKeyNames Keys,
    IReadOnlyList<ChartVariable> Variables,
    IReadOnlyDictionary<string, string> Defaults)
{
    /// <summary>Reads a chart.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="existing">The catalogue as it is: a few facts are not in the charts.</param>
    public static ChartFacts Read(SourceChart chart, CatalogueData existing)
    {
        var validation = new Refusals(chart);
        var workloads = Facts.Workloads.Of(chart, existing);
        var variables = TemplateVariables.Read(chart.Templates, workloads.Select(one => one.Template));
        return new(
            chart.Version, chart.Values, FeatureMarks.In(chart), workloads, OtherPods.Of(chart), validation.All, validation.Flags,
            ChartKeyNames.Of(chart, validation.All.Where(one => !one.AllowsEmpty).Select(one => $"{one.Path}").ToHashSet(StringComparer.Ordinal)),
            variables, DefaultValues.Of(chart, variables));
    }
}
