using System.Text.Json;
using System.Text.Json.Serialization;
using LangSmithPg.Common;

namespace LangSmithPg.Initialization;

/// <summary>Facts as the JSON that their query answers.</summary>
static class InitializationFactsJson
{
    /// <summary>Reads facts.</summary>
    /// <param name="json">The JSON document.</param>
    /// <exception cref="JsonException">The document is not of this shape.</exception>
    public static InitializationFacts Read(string json) =>
        JsonFacts.Read(json, InitializationFactsJsonContext.Default.InitializationFacts);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(InitializationFacts))]
sealed partial class InitializationFactsJsonContext : JsonSerializerContext;
