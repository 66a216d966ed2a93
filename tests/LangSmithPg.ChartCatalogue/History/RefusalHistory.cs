using LangSmithPg.CatalogueTool.Facts;
using LangSmithPg.Charts;
using LangSmithPg.Charts.Data;

namespace LangSmithPg.CatalogueTool.History;

/// <summary>
/// The keys with which Helm fails. The catalogue writes several of them as one entry, with the keys that replaced them: an entry whose
/// keys still have the same versions stays as it is, and every other key is an entry of its own. If a key has several entries, another key
/// replaced it in each, and each keeps its beginning.
/// </summary>
static class RefusalHistory
{
    sealed record Refusal(string Path, bool AllowsEmpty, Turn Turn, RefusalData? Known);

    public static IReadOnlyList<RefusalData> Of(IReadOnlyList<ChartFacts> charts, IReadOnlyList<RefusalData> existing)
    {
        List<ChartVersion> versions = [.. charts.Select(chart => chart.Version)];
        var known = existing.SelectMany(entry => entry.Expand().Select(one => (Path: $"{one.Path}", Entry: entry)))
            .ToLookup(one => one.Path, one => one.Entry, StringComparer.Ordinal);
        List<Refusal> all =
        [
            .. from one in charts.SelectMany(chart => chart.Refusals).Select(one => (Path: $"{one.Path}", one.AllowsEmpty)).Distinct()
               let entries = known[one.Path].OrderBy(entry => entry.From).ToList()
               from turn in Turn.All(versions, index => charts[index].Refusals.Any(other => $"{other.Path}" == one.Path && other.AllowsEmpty == one.AllowsEmpty))
               from part in turn.SplitAt(entries.Skip(1).Select(entry => entry.From))
               orderby part.From
               select new Refusal(one.Path, one.AllowsEmpty, part, entries.LastOrDefault(entry => entry.From <= part.From) ?? entries.FirstOrDefault()),
        ];
        return
        [
            .. existing.SelectMany(entry => Update(entry, [.. all.Where(one => one.Known == entry)])),
            .. all.Where(one => one.Known is null).Select(one => Data(one.Path, one, instead: null)),
        ];
    }

    static IEnumerable<RefusalData> Update(RefusalData entry, IReadOnlyList<Refusal> found)
    {
        var expanded = entry.Expand().ToDictionary(one => $"{one.Path}", StringComparer.Ordinal);
        return found.Count == expanded.Count && found.Select(one => (one.Turn, one.AllowsEmpty)).Distinct().Count() == 1
            ? [Data(entry.Name, found[0], entry.Instead)]
            : found.Select(one => Data(one.Path, one, [.. expanded[one.Path].Instead.Select(path => $"{path}")]));
    }

    static RefusalData Data(string name, Refusal one, IReadOnlyList<string>? instead) =>
        new(name, one.Turn.From, one.Turn.Until, instead is [] ? null : instead, one.AllowsEmpty);
}
