using System.Globalization;
using LangSmithPg.Charts.Reading;
using LangSmithPg.Helm.Linting;
using LangSmithPg.Yaml.Charts;
using LangSmithPg.Yaml.Tests.Tools;
using YamlDotNet.RepresentationModel;

namespace LangSmithPg.Yaml.Tests.Charts;

/// <summary>The chart that LANGSMITH_CHART names, a folder or an archive, and what Helm renders of it.</summary>
static class NamedChart
{
    /// <summary>Runs a check on the chart, as the catalogue knows its version and as its files say.</summary>
    public static async Task OnChartAsync(Func<string, LintChart, LintChart, Task> check)
    {
        const string Variable = "LANGSMITH_CHART";
        var path = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(path), string.Create(CultureInfo.InvariantCulture, $"{Variable} names no LangSmith chart, as a folder or .tgz."));
        var files = ChartFiles.Read(path);
        var version = ChartYaml.ReadVersion(files.ChartYaml)!;
        await check(Path.GetFullPath(path), LintChart.Of(version), LintChart.From(version, files.Templates, ChartYaml.ReadValues(files.ValuesYaml)));
    }

    /// <summary>The objects of a release named langsmith.</summary>
    public static async Task<List<YamlMappingNode>> RenderAsync(string path, string values)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(await HelmAndKubectl.RenderAsync(path, values)));
        return [.. stream.Documents.Select(document => document.RootNode).OfType<YamlMappingNode>()];
    }

    /// <summary>The text at a path of an object.</summary>
    public static string? Text(YamlNode node, params string[] path) => (Find(node, path) as YamlScalarNode)?.Value;

    /// <summary>What is at a path of an object.</summary>
    public static YamlNode? Find(YamlNode node, params string[] path) => path.Aggregate((YamlNode?)node, (parent, key) =>
        parent is YamlMappingNode map && map.Children.TryGetValue(key, out var child) ? child : null);
}
