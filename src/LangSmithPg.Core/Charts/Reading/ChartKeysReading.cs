using System.Text.RegularExpressions;

namespace LangSmithPg.Charts.Reading;

/// <summary>
/// The keys that a chart knows, from its own files: those of its values, and those that its templates name. A map that the values leave
/// empty takes any key, and so does one that a template writes out as it is.
/// </summary>
static partial class ChartKeysReading
{
    static readonly IReadOnlyList<ChartVersion> Always = [ChartCatalogue.Oldest];

    public static ChartKey From(IReadOnlyDictionary<string, string> templates, IReadOnlyDictionary<string, string?> values)
    {
        var named = templates.Values.SelectMany(text => Reference().Matches(text)).Select(match => match.Groups[1].Value);
        var whole = templates.Values.SelectMany(text => Whole().Matches(text)).Select(match => match.Groups["path"].Value).ToHashSet(StringComparer.Ordinal);
        return Build("", [.. values.Keys.Concat(named).Distinct(StringComparer.Ordinal).Select(path => path.Split('.'))], depth: 0, whole);
    }

    static ChartKey Build(string name, List<string[]> paths, int depth, HashSet<string> whole)
    {
        List<ChartKey> children =
        [
            .. paths.Where(path => path.Length > depth).GroupBy(path => path[depth], StringComparer.Ordinal)
                .Select(group => Build(group.Key, [.. group], depth + 1, whole)),
        ];
        return new(name, isOpen: children.Count == 0 || (depth > 0 && whole.Contains(string.Join('.', paths[0].Take(depth)))), Always, children);
    }

    [GeneratedRegex(@"\.Values\.([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)")]
    private static partial Regex Reference();

    // toYaml .Values.a.b, or with .Values.a.b and toYaml of the dot.
    [GeneratedRegex(@"\btoYaml\s+\$?\.Values\.(?<path>[\w.]+)|\bwith\s+\$?\.Values\.(?<path>[\w.]+)\s*-?\}\}[^{]*\{\{-?\s*toYaml\s+\.(?!\w)", RegexOptions.ExplicitCapture)]
    private static partial Regex Whole();
}
