using LangSmithPg.Charts;
using LangSmithPg.Common;

namespace LangSmithPg.Helm.Linting.Rules;

/// <summary>A key that the chart does not have: the chart has no schema, and ignores it. What Helm fails over, <see cref="RefusedKeyRule"/> tells.</summary>
sealed class UnknownKeyRule : IValuesRule
{
    // Helm's own, and what SOPS adds to a file that it encrypted.
    static readonly string[] Foreign = ["global", "sops"];

    public IEnumerable<ValuesFinding> Evaluate(LintInput input)
    {
        var refused = input.Refusals.Select(one => one.Path).ToHashSet();
        return input.Files.SelectMany(file => Evaluate(file, refused, input));
    }

    static IEnumerable<ValuesFinding> Evaluate(ValuesFile file, HashSet<ValuesPath> refused, LintInput input)
    {
        ValuesPath? unknown = null;
        foreach (var value in file.Values)
        {
            // What is below an unknown key is not told again.
            if (unknown?.IsAncestorOf(value.Path) is true || Foreign.Contains(value.Path.Keys[0]))
            {
                continue;
            }

            if (refused.Contains(value.Path))
            {
                unknown = value.Path;
            }
            else if (Find(value.Path, input.Chart) is { } found)
            {
                unknown = value.Path;
                yield return Describe(file, value, found.Parent, found.Key, input);
            }
        }
    }

    // The first key on the way that the chart does not have, if its map does not take any.
    static (ChartKey Parent, ChartKey? Key)? Find(ValuesPath path, LintChart chart)
    {
        var parent = chart.Keys;
        foreach (var name in path.Keys)
        {
            // What a list holds is the list's affair.
            if (ValuesNode.IsItem(name))
            {
                return null;
            }

            var key = parent.Find(name);
            if (key is null || !chart.Has(key))
            {
                return parent.IsOpen ? null : (parent, key);
            }

            parent = key;
        }

        return null;
    }

    static ValuesFinding Describe(ValuesFile file, ValuesNode value, ChartKey parent, ChartKey? key, LintInput input)
    {
        var chart = input.Chart;
        var version = chart.Name;
        var status = input.IfKnown(value.Path.Keys.Contains("external") || value.Path.Keys[^1] is "podSecurityContext" ? FindingStatus.Fail : FindingStatus.Warning);
        var finding = LintInput.At("Values.UnknownKey", status, file, value, $"{value.Path} does not exist in {version}{(chart.TakenFor is null ? ", which ignores it" : "")}.") with
        {
            Why = "The chart has no schema, so Helm does not report a key that has no effect.",
        };
        if (key is not null)
        {
            return (chart.TakenFor ?? chart.Version) is { } asked && asked < key.Since
                ? finding with { Message = $"{value.Path} was added in chart {key.Since}, and {version} ignores it.", Fix = $"Upgrade to chart {key.Since} or later, or remove it." }
                : finding with { Message = $"{value.Path} was removed{(key.Until is { } until ? $" in chart {until}" : "")}, and {version} ignores it.", Fix = Advice("Remove it", value.Path, chart) };
        }

        return finding with { Fix = parent.Children.Count > 0 || chart.Refusals.Any(one => one.Path.Equals(value.Path)) ? Advice("Remove it, or check its spelling and indentation", value.Path, chart) : $"Remove it: {parent} is not a map." };
    }

    static string Advice(string otherwise, ValuesPath path, LintChart chart) =>
        chart.Refusals.FirstOrDefault(one => one.Path.Equals(path)) is { } refusal ? RefusedKeyRule.Advice(refusal)
        : NearestKey.Find(path, chart) is { } near ? $"Did you mean {near}?" : $"{otherwise}.";
}
