using System.Text.RegularExpressions;

namespace LangSmithPg.Charts.Reading;

/// <summary>
/// The environment variables that templates set themselves, and when: those that stand in a template, and those of the helpers that it includes.
/// What depends on more than values is left out. That the workload itself is there is not part of a condition.
/// </summary>
sealed partial class TemplateVariables
{
    const string Check = "langsmith.detectDuplicates";

    // Milliseconds, for the text of somebody else.
    const int Patience = 2000;

    readonly IReadOnlyDictionary<string, string> _helpers;

    TemplateVariables(IReadOnlyDictionary<string, string> helpers) => _helpers = helpers;

    /// <summary>Reads them.</summary>
    /// <param name="templates">The chart's templates by their paths.</param>
    /// <param name="of">The templates whose variables are read.</param>
    public static IReadOnlyList<ChartVariable> Read(IReadOnlyDictionary<string, string> templates, IEnumerable<string> of)
    {
        var texts = templates.ToDictionary(one => one.Key, one => new TemplateText(one.Value), StringComparer.Ordinal);
        Dictionary<string, string> helpers = new(StringComparer.Ordinal);
        foreach (var (name, text) in texts.Values.SelectMany(one => one.Definitions))
        {
            helpers[name] = text;
        }

        var reading = new TemplateVariables(helpers);
        try
        {
            return
            [
                .. of.Distinct(StringComparer.Ordinal).Where(texts.ContainsKey).Order(StringComparer.Ordinal).SelectMany(file => reading.Variables(file, texts[file].Body))
                    .Where(one => one.When.IsOfValues).Distinct().OrderBy(one => one.Template, StringComparer.Ordinal).ThenBy(one => one.Name, StringComparer.Ordinal),
            ];
        }
        catch (RegexMatchTimeoutException)
        {
            // A text made to keep the search busy says nothing.
            return [];
        }
    }

    IEnumerable<ChartVariable> Variables(string file, string body)
    {
        var isChecked = body.Contains(Check, StringComparison.Ordinal);
        var around = Workload().Match(body) is { Success: true } kind ? ConditionsAt(body, kind.Index) : [];
        return Set(body, around).Select(one => new ChartVariable(file, one.Name, one.Value, one.When, IsChecked: false))
            .Concat(Included(body, around, []).Select(one => new ChartVariable(file, one.Name, one.Value, one.When, isChecked)))
            .Concat(body.Contains(".Values.commonEnv", StringComparison.Ordinal) ? [new ChartVariable(file, ChartVariable.Common, null, Condition.Always, isChecked)] : []);
    }

    IEnumerable<(string Name, string? Value, Condition When)> Included(string text, IReadOnlyList<Condition> around, IReadOnlyList<string> within) =>
        from inclusion in Inclusion().Matches(text)
        let name = inclusion.Groups[1].Value
        where !within.Contains(name) && _helpers.ContainsKey(name)
        let conditions = ConditionsAt(text, inclusion.Index).Except(around)
        from one in Set(_helpers[name], []).Concat(Included(_helpers[name], [], [.. within, name]))
        select (one.Name, one.Value, All([.. conditions, one.When]));

    static IEnumerable<(string Name, string? Value, Condition When)> Set(string text, IReadOnlyList<Condition> around)
    {
        foreach (Match match in Variable().Matches(text))
        {
            var value = match.Groups["path"] is { Success: true } path ? path.Value
                : match.Groups["text"] is { Success: true } constant ? $"\"{constant.Value}\""
                : null;
            yield return (match.Groups["name"].Value, value, All(ConditionsAt(text, match.Index).Except(around)));
        }
    }

    static Condition All(IEnumerable<Condition> conditions)
    {
        List<Condition> all = [.. conditions.Where(one => !one.Equals(Condition.Always)).Distinct()];
        return all is [var only] ? only : Condition.And(all);
    }

    // Of the blocks around a place, those that decide whether it is rendered.
    static IReadOnlyList<Condition> ConditionsAt(string text, int place)
    {
        Stack<Condition> open = [];
        foreach (Match action in Action().Matches(text))
        {
            if (action.Index >= place)
            {
                break;
            }

            var argument = action.Groups["argument"].Value.TrimEnd('-').Trim();
            switch (action.Groups["word"].Value)
            {
                case "end":
                    _ = open.TryPop(out _);
                    break;
                case "else":
                    open.Push(open.TryPop(out var before) && argument.Length == 0 ? Condition.Not(before) : Condition.Unknown("else"));
                    break;
                case "if" or "with":
                    open.Push(TemplateConditionParser.ParseAll([argument]));
                    break;
                default:
                    open.Push(Condition.Unknown(action.Groups["word"].Value));
                    break;
            }
        }

        return [.. open.Reverse()];
    }

    [GeneratedRegex(@"\binclude\s+""([^""]+)""", RegexOptions.None, Patience)]
    private static partial Regex Inclusion();

    [GeneratedRegex(@"^kind:\s*(Deployment|StatefulSet|Job|CronJob)\s*$", RegexOptions.Multiline, Patience)]
    private static partial Regex Workload();

    // As a line of YAML, or as an entry of a dictionary.
    [GeneratedRegex(
        @"^[ ]*-[ ]+name:[ ]*""?(?<name>[A-Z_][A-Z0-9_]*)""?[ ]*\r?\n(?:[ ]*value:[ ]*(?:""(?<text>[^""{}\n]*)""[ ]*\r?$|\{\{-?\s*\$?\.Values\.(?<path>[\w.]+)\s*\|\s*quote\s*-?\}\}[ ]*\r?$))?"
        + @"|\(dict ""name"" ""(?<name>[A-Z_][A-Z0-9_]*)"" ""value""(?: ""(?<text>[^""{}\n]*)""\))?|\(dict ""name"" ""(?<name>[A-Z_][A-Z0-9_]*)"" ""valueFrom""",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Variable();

    [GeneratedRegex(@"\{\{-?\s*(?<word>if|with|range|block|else|end)\b(?<argument>(?>(""(\\.|[^""\\])*""|`[^`]*`|[^""`}]|\}(?!\}))*))\}\}", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Action();
}
