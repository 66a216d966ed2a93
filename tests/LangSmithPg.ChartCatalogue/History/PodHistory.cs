using LangSmithPg.CatalogueTool.Facts;
using LangSmithPg.Charts;
using LangSmithPg.Charts.Data;

namespace LangSmithPg.CatalogueTool.History;

/// <summary>The pods of all versions without LangSmith's connection: those that connect to another PostgreSQL, and the others.</summary>
static class PodHistory
{
    public static IReadOnlyList<PodData> WithDatabase(IReadOnlyList<ChartFacts> charts, IReadOnlyList<PodData> existing) =>
        [.. All(charts).Where(one => one.Variables.Count > 0).InOrderOf(existing.Select(one => one.Name), one => one.Name)];

    public static IReadOnlyList<ItemData> WithoutDatabase(IReadOnlyList<ChartFacts> charts, IReadOnlyList<ItemData> existing) =>
    [
        .. All(charts).Where(one => one.Variables.Count == 0).Select(one => new ItemData(one.Name, one.From, one.Until))
            .InOrderOf(existing.Select(one => one.Name), one => one.Name),
    ];

    static IEnumerable<PodData> All(IReadOnlyList<ChartFacts> charts)
    {
        List<ChartVersion> versions = [.. charts.Select(chart => chart.Version)];
        return
            from pod in charts.SelectMany(chart => chart.Pods).DistinctBy(Shown)
            from turn in Turn.All(versions, index => charts[index].Pods.Any(one => Shown(one) == Shown(pod)))
            orderby turn.From
            select pod with { From = turn.From, Until = turn.Until };

        static string Shown(PodData pod) => string.Join(' ', [pod.Name, .. pod.Variables]);
    }
}
