using LangSmithPg.CatalogueTool.Facts;
using LangSmithPg.Charts;
using LangSmithPg.Charts.Data;

namespace LangSmithPg.CatalogueTool.History;

/// <summary>
/// Creates the catalogue from the charts. From the existing one come what no chart says (<c>about</c>, <c>source</c>, <c>inDocs</c>, the
/// keys that replaced a refused one), what only rendering shows (<c>requiredToRender</c>, <c>brokenOptions</c>), and the order of entries.
/// </summary>
static class Catalogue
{
    public static CatalogueData Create(IReadOnlyList<ChartFacts> charts, CatalogueData existing)
    {
        List<ChartVersion> versions = [.. charts.Select(chart => chart.Version)];
        var workloads = WorkloadHistory.Of(charts, existing.Workloads);
        var databases = DatabaseHistory.Of(charts, existing.OtherDatabases);
        var conditions = workloads.SelectMany(one => one.Variants).Select(one => one.When).Concat(databases.Select(one => one.When)).OfType<string>();
        return existing with
        {
            Versions = VersionRanges.Of(versions),
            Features = Features(charts),
            Workloads = workloads,
            PodsWithoutConnection = PodHistory.WithoutDatabase(charts, existing.PodsWithoutConnection),
            OtherPostgresPods = PodHistory.WithDatabase(charts, existing.OtherPostgresPods),
            OtherDatabases = databases,
            OffByDefault = SwitchHistory.Of(charts, conditions, existing.RequiredToRender),
            RefusedKeys = RefusalHistory.Of(charts, existing.RefusedKeys),
            Flags =
            [
                .. from path in charts.SelectMany(chart => chart.Flags).Distinct()
                   from turn in Turn.All(versions, index => charts[index].Flags.Contains(path))
                   select new ItemData(path, turn.From, turn.Until),
            ],
        };
    }

    // The catalogue only says where a feature begins.
    static Dictionary<ChartFeature, ChartVersion> Features(IReadOnlyList<ChartFacts> charts)
    {
        Dictionary<ChartFeature, ChartVersion> first = [];
        foreach (var chart in charts)
        {
            foreach (var feature in chart.Features)
            {
                first.TryAdd(feature, chart.Version);
            }

            if (first.Keys.Except(chart.Features).ToList() is [var gone, ..])
            {
                throw new InvalidDataException($"{chart.Version} no longer has {gone}, which the catalogue cannot say.");
            }
        }

        return first.OrderBy(one => one.Value).ThenBy(one => $"{one.Key}", StringComparer.Ordinal).ToDictionary();
    }
}
