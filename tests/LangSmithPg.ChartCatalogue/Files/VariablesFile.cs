using System.Text;
using LangSmithPg.CatalogueTool.Facts;
using LangSmithPg.Charts;

namespace LangSmithPg.CatalogueTool.Files;

/// <summary>Writes variables.txt.</summary>
static class VariablesFile
{
    public static string Write(IReadOnlyList<ChartFacts> charts)
    {
        List<ChartVersion> versions = [.. charts.Select(chart => chart.Version)];
        var text = new StringBuilder(
            $"""
            # The environment variables that the LangSmith chart's templates set themselves: below the templates the conditions, and below each condition the variables.
            # Behind "=": a constant in quotes, or the path of a value. !: set in the container itself, so that Helm does not see a second one.
            # After a variable: the versions in which it came, went, came again. Source: https://github.com/langchain-ai/helm, tags langsmith-{versions[0]} to langsmith-{versions[^1]}.

            """);
        var lines = charts.SelectMany(chart => chart.Variables).Distinct().GroupBy(one => one.Template, StringComparer.Ordinal)
            .SelectMany(template => Lines(charts, versions, template.Key, [.. template]))
            .GroupBy(one => (one.When, one.Text), one => one.Template)
            .Select(one => (Templates: string.Join(' ', one.Order(StringComparer.Ordinal)), one.Key.When, one.Key.Text));
        foreach (var templates in lines.GroupBy(one => one.Templates, StringComparer.Ordinal).OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            text.Append(templates.Key).Append('\n');
            foreach (var when in templates.GroupBy(one => one.When, StringComparer.Ordinal).OrderBy(one => one.Key, StringComparer.Ordinal))
            {
                text.Append(' ').Append(when.Key).Append('\n');
                foreach (var (_, _, variable) in when.OrderBy(one => one.Text, StringComparer.Ordinal))
                {
                    text.Append("  ").Append(variable).Append('\n');
                }
            }
        }

        return text.ToString();
    }

    // Where a template is not there, what holds before or after it: so that what several templates include is the same in all of them.
    static IEnumerable<(string Template, string When, string Text)> Lines(
        IReadOnlyList<ChartFacts> charts, IReadOnlyList<ChartVersion> versions, string template, IReadOnlyList<ChartVariable> variables)
    {
        List<HashSet<ChartVariable>?> sets =
            [.. charts.Select(chart => chart.Variables.Where(one => one.Template == template).ToHashSet() is { Count: > 0 } set ? set : null)];
        for (var index = 1; index < sets.Count; index++)
        {
            sets[index] ??= sets[index - 1];
        }

        var first = sets.First(set => set is not null)!;
        return variables.Select(variable =>
        {
            var turns = Turn.All(versions, index => (sets[index] ?? first).Contains(variable)).SelectMany(turn => new[] { turn.From, turn.Until }).OfType<ChartVersion>();
            return (template, $"{variable.When}", $"{Name(variable)} {string.Join(',', turns)}");
        });
    }

    static string Name(ChartVariable variable) => $"{variable.Name}{(variable.Value is { } value && !value.Contains(' ', StringComparison.Ordinal) ? $"={value}" : "")}{(variable.IsChecked ? "" : "!")}";
}
