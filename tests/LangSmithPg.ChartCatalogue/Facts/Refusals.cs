using System.Text.RegularExpressions;
using LangSmithPg.CatalogueTool.Sources;
using LangSmithPg.Charts;
using LangSmithPg.Charts.Reading;
using LangSmithPg.Common;

namespace LangSmithPg.CatalogueTool.Facts;

/// <summary>
/// The keys with which one version makes Helm fail. To those that the module reads itself come two forms of check that let an empty value
/// through: the value of an old key is taken for a flag, or is compared with <c>true</c>.
/// </summary>
sealed partial class Refusals
{
    const string Switch = "config.skipValidation";

    public Refusals(SourceChart chart)
    {
        var validation = new ChartValidation(chart.Templates);
        Flags = [.. validation.Flags.Select(one => $"{one}")];
        All =
        [
            .. validation.Refusals
                .Concat(
                    from text in chart.Templates.Values
                    from path in Lenient(new(text), chart.Values)
                    select new ChartRefusal(ValuesPath.Of(path), []) { AllowsEmpty = true })
                .DistinctBy(one => one.Path),
        ];
    }

    public IReadOnlyList<ChartRefusal> All { get; }

    public IReadOnlyList<string> Flags { get; }

    // A key of the values is no old one, and what another value allows is not refused.
    static IEnumerable<string> Lenient(TemplateText text, ChartValues values) =>
    [
        .. Flag().Matches(text.Body)
            .Where(match => !values.Has(match.Groups["path"].Value) && text.ConditionsAt(match.Index).All(condition => condition == $"not .Values.{Switch}"))
            .Select(match => match.Groups["path"].Value),
        .. Comparison().Matches(text.Body).Select(match => $"{match.Groups["map"].Value}.{match.Groups["key"].Value}.{match.Groups["name"].Value}"),
    ];

    [GeneratedRegex(@"\{\{-?\s*if\s+\.Values\.(?<path>[\w.]+)\s*-?\}\}\s*\{\{-?\s*fail\b")]
    private static partial Regex Flag();

    // if hasKey .Values.a "b", $old := get .Values.a "b", if eq (lower (toString (get $old "c"))) "true", fail.
    [GeneratedRegex(
        @"\$\w+\s*:=\s*get\s+\.Values\.(?<map>[\w.]+)\s+""(?<key>\w+)""\s*-?\}\}\s*"
        + @"\{\{-?\s*if\s+eq\s+\(lower\s+\(toString\s+\(get\s+\$\w+\s+""(?<name>\w+)""\)\)\)\s+""true""\s*-?\}\}\s*\{\{-?\s*fail\b")]
    private static partial Regex Comparison();
}
