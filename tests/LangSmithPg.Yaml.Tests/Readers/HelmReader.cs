using System.Text.Json.Nodes;
using LangSmithPg.Yaml.Tests.Tools;

namespace LangSmithPg.Yaml.Tests.Readers;

/// <summary>YAML as Helm reads values, which is how everything in Kubernetes' Go reads YAML.</summary>
static class HelmReader
{
    const string Answer = "  values: ";

    public static async Task<JsonNode?> ReadAsync(string yaml)
    {
        var rendered = await HelmAndKubectl.RenderAsync("echo-chart", yaml);
        var line = rendered.Split('\n').Single(line => line.StartsWith(Answer, StringComparison.Ordinal));
        return JsonNode.Parse(Convert.FromBase64String(line[Answer.Length..]));
    }
}
