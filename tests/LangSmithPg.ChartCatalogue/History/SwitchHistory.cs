using LangSmithPg.CatalogueTool.Facts;
using LangSmithPg.Charts;
using LangSmithPg.Charts.Data;

namespace LangSmithPg.CatalogueTool.History;

/// <summary>The switches that conditions name and that are off, from where they are until they are on. What an installation has to set is no such switch.</summary>
static class SwitchHistory
{
    public static IReadOnlyList<ItemData> Of(IReadOnlyList<ChartFacts> charts, IEnumerable<string> conditions, IEnumerable<ItemData> required)
    {
        List<ChartVersion> versions = [.. charts.Select(chart => chart.Version)];
        var demanded = required.Select(one => one.Name.Split('=')[0]).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. from path in conditions.SelectMany(text => Condition.Parse(text).Paths).Distinct()
               where !demanded.Contains(path)
               let texts = charts.Select(chart => chart.Values.Text(path)).ToList()
               from turn in Turn.All(versions, index => texts.Take(index + 1).LastOrDefault(text => text is not null) == "false")
               orderby turn.From, path
               select new ItemData(path, turn.From, turn.Until),
        ];
    }
}
