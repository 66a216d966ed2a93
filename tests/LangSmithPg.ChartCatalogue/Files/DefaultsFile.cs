using System.Text;
using LangSmithPg.CatalogueTool.Facts;

namespace LangSmithPg.CatalogueTool.Files;

/// <summary>Writes defaults.txt.</summary>
static class DefaultsFile
{
    public static string Write(IReadOnlyList<ChartFacts> charts)
    {
        var text = new StringBuilder(
            $"""
            # What the LangSmith chart's own values.yaml says on the number of pods, and on what its templates' conditions depend on.
            # After a path: from which version on it has which value; without "=" it is not there. Source: https://github.com/langchain-ai/helm, tags langsmith-{charts[0].Version} to langsmith-{charts[^1].Version}.

            """);
        foreach (var path in charts.SelectMany(chart => chart.Defaults.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            text.Append(path).Append(' ').AppendJoin(", ", Turns(charts, path)).Append('\n');
        }

        return text.ToString();
    }

    static IEnumerable<string> Turns(IReadOnlyList<ChartFacts> charts, string path)
    {
        string? before = null;
        foreach (var chart in charts)
        {
            var now = chart.Defaults.GetValueOrDefault(path);
            if (now != before)
            {
                yield return now is null ? $"{chart.Version}" : $"{chart.Version}={now}";
            }

            before = now;
        }
    }
}
