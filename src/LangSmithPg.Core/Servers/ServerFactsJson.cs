using System.Text.Json;
using System.Text.Json.Serialization;
using LangSmithPg.Common;

namespace LangSmithPg.Servers;

/// <summary>Facts as JSON: what the facts query answers, and how facts of servers that are out of reach are kept.</summary>
static class ServerFactsJson
{
    /// <summary>Reads facts.</summary>
    /// <param name="json">The JSON document.</param>
    /// <exception cref="JsonException">The document is not of this shape.</exception>
    public static ServerFacts Read(string json) =>
        JsonFacts.Read(json, ServerFactsJsonContext.Default.ServerFacts);

    /// <summary>Reads the facts about a server's health.</summary>
    /// <param name="json">The JSON document.</param>
    /// <exception cref="JsonException">The document is not of this shape.</exception>
    public static ServerHealth ReadHealth(string json) => JsonFacts.Read(json, ServerFactsJsonContext.Default.ServerHealth);

    /// <summary>Writes facts.</summary>
    /// <param name="facts">The facts.</param>
    public static string Write(ServerFacts facts) => JsonSerializer.Serialize(facts, ServerFactsJsonContext.Default.ServerFacts);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(ServerFacts))]
[JsonSerializable(typeof(ServerHealth))]
sealed partial class ServerFactsJsonContext : JsonSerializerContext;
