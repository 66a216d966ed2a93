using System.Text.Json;
using System.Text.Json.Serialization;
using LangSmithPg.Text;

namespace LangSmithPg.Ownership;

/// <summary>Facts as the JSON that their query answers.</summary>
public static class OwnershipFactsJson
{
    /// <summary>Reads facts.</summary>
    /// <param name="json">The JSON document.</param>
    /// <exception cref="JsonException">The document is not of this shape.</exception>
    public static OwnershipFacts Read(string json) =>
        JsonFacts.Read(json, OwnershipFactsJsonContext.Default.OwnershipFacts);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(OwnershipFacts))]
sealed partial class OwnershipFactsJsonContext : JsonSerializerContext;
