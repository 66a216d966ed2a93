using LangSmithPg.CatalogueTool.Sources;
using LangSmithPg.Charts;
using LangSmithPg.Charts.Reading;

namespace LangSmithPg.CatalogueTool.Facts;

/// <summary>How a chart shows what it can do: by a key of its values, or by the text with which it fails.</summary>
static class FeatureMarks
{
    static readonly (ChartFeature Feature, string Text)[] Failures =
    [
        (ChartFeature.CustomTlsCheck, "\"postgres.external.customTls must be true when postgres.external.clientCert.secretName is set."),
        (ChartFeature.UniqueUrlCheck, "\"All postgres connection URLs "),
    ];

    public static IReadOnlySet<ChartFeature> In(SourceChart chart) => FeatureKeys.All
        .Where(one => chart.Values.Has(one.Path)).Select(one => one.Feature)
        .Concat(Failures.Where(one => chart.Templates.Values.Any(text => text.Contains(one.Text, StringComparison.Ordinal))).Select(one => one.Feature))
        .ToHashSet();
}
