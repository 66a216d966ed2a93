using System.Text.Json.Nodes;
using LangSmithPg.Yaml.Tests.Tools;

namespace LangSmithPg.Yaml.Tests.Readers;

/// <summary>YAML as PyYAML reads it, which is YAML 1.1 to the letter.</summary>
static class PyYamlReader
{
    const string Script = "import json, sys, yaml; print(json.dumps(yaml.load(sys.stdin.buffer.read(), yaml.SafeLoader)))";

    public static async Task<JsonNode?> ReadAsync(string yaml)
    {
        // Asked first, so that only its absence is taken for absence.
        await Requirement.GetAsync<string, IOException>(() => Tool.AskAsync("python3", "", "-c", "import yaml"), "python3 with PyYAML");
        return JsonNode.Parse(await Tool.AskAsync("python3", yaml, "-c", Script));
    }
}
