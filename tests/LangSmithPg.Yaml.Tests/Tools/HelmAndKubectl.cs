using System.Text.Json;
using LangSmithPg.Sandbox.Helm;

namespace LangSmithPg.Yaml.Tests.Tools;

/// <summary>Helm and kubectl without a cluster.</summary>
static class HelmAndKubectl
{
    /// <summary>A chart, of this project or at a full path, rendered with values.</summary>
    public static async Task<string> RenderAsync(string chart, string values)
    {
        var tools = await FindAsync();
        return await Tool.AskAsync(tools.HelmPath, values, "template", "langsmith", Path.Combine(AppContext.BaseDirectory, chart), "--values", "-");
    }

    /// <summary>Manifests as kubectl understands them. Patching a copy with nothing is what it does without a cluster.</summary>
    public static async Task<IReadOnlyList<JsonElement>> ReadAsync(string manifests)
    {
        var tools = await FindAsync();
        var json = await Tool.AskAsync(tools.KubectlPath, manifests, "patch", "--local", "--filename", "-", "--patch", "{}", "--output", "json");
        var items = new List<JsonElement>();
        var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(json), new JsonReaderOptions { AllowMultipleValues = true });
        while (reader.Read())
        {
            items.Add(JsonElement.ParseValue(ref reader));
        }

        return items;
    }

    static Task<HelmTools> FindAsync() =>
        Requirement.GetAsync<HelmTools, HelmNotAvailableException>(() => HelmTools.FindAsync(TestContext.Current.CancellationToken));
}
