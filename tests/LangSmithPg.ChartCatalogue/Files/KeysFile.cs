using System.Text;
using LangSmithPg.CatalogueTool.Facts;
using LangSmithPg.Charts;

namespace LangSmithPg.CatalogueTool.Files;

/// <summary>Writes keys.txt.</summary>
static class KeysFile
{
    public static string Write(IReadOnlyList<ChartFacts> charts)
    {
        List<ChartVersion> versions = [.. charts.Select(chart => chart.Version)];
        var root = new KeyNode();
        for (var index = 0; index < charts.Count; index++)
        {
            root.Add(index, charts[index].Keys, charts[index].Values);
        }

        var text = new StringBuilder(
            $"""
            # The keys of the values that the LangSmith chart knows, in its values.yaml or read by its templates, each below its map.
            # *: the templates take the map whole, so that it may hold any key. []: a list stands there in every version's own values.
            # After a key: the versions in which it came, went, came again; without them those of its map. Source: https://github.com/langchain-ai/helm, tags langsmith-{versions[0]} to langsmith-{versions[^1]}.

            """);
        Append(text, versions, root, depth: 0, $"{versions[0]}");
        return text.ToString();
    }

    static void Append(StringBuilder text, IReadOnlyList<ChartVersion> versions, KeyNode map, int depth, string turnsOfMap)
    {
        foreach (var (name, key) in map.Below)
        {
            var turns = string.Join(',', Turn.All(versions, key.IsIn).SelectMany(turn => new[] { turn.From, turn.Until }).OfType<ChartVersion>());
            text.Append(' ', depth).Append(name).Append(key.IsOpen ? "*" : key.IsList ? "[]" : "");
            text.Append(turns == turnsOfMap ? "" : $" {turns}").Append('\n');
            Append(text, versions, key, depth + 1, turns);
        }
    }
}
