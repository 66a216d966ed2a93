using System.Text.Json.Nodes;
using LangSmithPg.Servers;

namespace LangSmithPg.Core.Tests.Recorded;

/// <summary>
/// Facts of servers. <c>server.json</c> is what the facts query answered on PostgreSQL 17 to the owner of a database; the others are
/// what a provider's server has otherwise, by the provider's documentation.
/// </summary>
static class RecordedFacts
{
    public static ServerFacts Read(string? provider = null)
    {
        var facts = Load("server");
        if (provider is not null)
        {
            Merge(facts, Load(provider));
        }

        return ServerFactsJson.Read(facts.ToJsonString());
    }

    static JsonObject Load(string name) =>
        JsonNode.Parse(File.ReadAllText(Path.Join(AppContext.BaseDirectory, "Recorded", $"{name}.json")))!.AsObject();

    static void Merge(JsonObject target, JsonObject changes)
    {
        foreach (var (name, change) in changes)
        {
            if (change is JsonObject map && target[name] is JsonObject below)
            {
                Merge(below, map);
            }
            else
            {
                target[name] = change?.DeepClone();
            }
        }
    }
}
