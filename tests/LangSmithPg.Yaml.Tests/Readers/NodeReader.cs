using System.Text.Json.Nodes;
using LangSmithPg.Sandbox.Npm;
using LangSmithPg.Yaml.Tests.Tools;

namespace LangSmithPg.Yaml.Tests.Readers;

/// <summary>YAML as JavaScript's package <c>yaml</c> reads it, in either version of the language.</summary>
static class NodeReader
{
    const string Script = """
        const [folder, version] = process.argv.slice(1);
        const text = require('fs').readFileSync(0, 'utf8');
        process.stdout.write(JSON.stringify(require(folder).parse(text, { version })));
        """;

    public static async Task<JsonNode?> ReadAsync(string yaml, string version)
    {
        await Requirement.GetAsync<string, IOException>(() => Tool.AskAsync("node", "", "--version"), "node");
        var package = await Requirement.GetAsync<string, NpmException>(
            () => NpmPackageCache.GetAsync(NpmLock.Find("yaml")!, _ => { }, TestContext.Current.CancellationToken));
        return JsonNode.Parse(await Tool.AskAsync("node", yaml, "--eval", Script, package, version));
    }
}
