using LangSmithPg.CatalogueTool.Facts;
using LangSmithPg.Charts;
using LangSmithPg.Charts.Data;

namespace LangSmithPg.CatalogueTool.History;

/// <summary>
/// The databases beside LangSmith's own. Those of the agents are found by their values. What is not in a chart's values is as the
/// catalogue has it: the variable of a database that is no agent's, and the condition of one without pods of its own.
/// </summary>
static class DatabaseHistory
{
    const string External = ".external";
    static readonly string[] IamKeys = ["iamProvider", "iamAuthProvider"];

    public static IReadOnlyList<DatabaseData> Of(IReadOnlyList<ChartFacts> charts, IReadOnlyList<DatabaseData> existing)
    {
        List<ChartVersion> versions = [.. charts.Select(chart => chart.Version)];
        return
        [
            .. from name in existing.Select(one => one.Name).Concat(charts.SelectMany(Agents)).Distinct()
               let known = existing.FirstOrDefault(one => one.Name == name)
               let key = charts.Select(chart => IamKey(chart, name)).LastOrDefault(key => key is not null)
               from turn in Turn.All(versions, index => charts[index].Values.Has(name))
               select new DatabaseData(
                   name,
                   known?.Variable ?? "POSTGRES_URI",
                   turn.From,
                   turn.Until,
                   charts.FirstOrDefault(chart => IsOn(chart, name))?.Version,
                   key,
                   charts.FirstOrDefault(chart => IamKey(chart, name) is not null)?.Version,
                   known?.When),
        ];
    }

    static IEnumerable<string> Agents(ChartFacts chart) => chart.Workloads.Select(one => one.OwnDatabase).OfType<string>().Select(path => $"{path}{External}");

    static bool IsOn(ChartFacts chart, string name) =>
        chart.Workloads.Any(one => $"{one.OwnDatabase}{External}" == name && one.Variants[0].On is true);

    static string? IamKey(ChartFacts chart, string name) => IamKeys.FirstOrDefault(key => chart.Values.Has($"{name}.{key}"));
}
