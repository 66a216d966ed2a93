using System.Text.RegularExpressions;
using LangSmithPg.CatalogueTool.Sources;

namespace LangSmithPg.CatalogueTool.Facts;

/// <summary>
/// The keys that one version knows: those of its values.yaml, and those that its templates name. A key that a template reads only by way
/// of a variable stands in values.yaml anyhow.
/// </summary>
sealed partial class ChartKeyNames
{
    ChartKeyNames(IReadOnlySet<string> all, IReadOnlySet<string> whole) => (All, Whole) = (all, whole);

    /// <summary>The paths of all keys.</summary>
    public IReadOnlySet<string> All { get; }

    /// <summary>Of these, the paths that a template writes out as they are.</summary>
    public IReadOnlySet<string> Whole { get; }

    /// <summary>Reads the keys.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="refused">Keys with which Helm fails: that a template names them does not mean that they can be set.</param>
    public static ChartKeyNames Of(SourceChart chart, IReadOnlySet<string> refused)
    {
        List<string> texts = [.. chart.Templates.Values.Select(text => Comment().Replace(text, ""))];
        var named = texts.SelectMany(text => Action().Matches(text))
            .SelectMany(action => Reference().Matches(Text().Replace(action.Value, "")))
            .SelectMany(match => WithMaps(match.Groups["path"].Value))
            .Where(path => !refused.Contains(path));
        var whole = texts.SelectMany(text => Written().Matches(text)).Select(match => match.Groups["path"].Value);
        return new(chart.Values.Paths.Concat(named).ToHashSet(StringComparer.Ordinal), whole.ToHashSet(StringComparer.Ordinal));
    }

    static IEnumerable<string> WithMaps(string path)
    {
        for (var end = path.IndexOf('.', StringComparison.Ordinal); end >= 0; end = path.IndexOf('.', end + 1))
        {
            yield return path[..end];
        }

        yield return path;
    }

    [GeneratedRegex(@"\{\{-?\s*/\*.*?\*/\s*-?\}\}", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\{\{.*?\}\}", RegexOptions.Singleline)]
    private static partial Regex Action();

    [GeneratedRegex(@"""(\\.|[^""\\])*""", RegexOptions.ExplicitCapture)]
    private static partial Regex Text();

    [GeneratedRegex(@"\.Values\.(?<path>[A-Za-z_]\w*(\.[A-Za-z_]\w*)*)", RegexOptions.ExplicitCapture)]
    private static partial Regex Reference();

    // toYaml .Values.a.b, or with .Values.a.b and toYaml of the dot.
    [GeneratedRegex(@"\btoYaml\s+\$?\.Values\.(?<path>[\w.]+)|\bwith\s*\$?\.Values\.(?<path>[\w.]+)\s*-?\}\}[^{]*\{\{-?\s*toYaml\s+\.(?!\w)", RegexOptions.ExplicitCapture)]
    private static partial Regex Written();
}
