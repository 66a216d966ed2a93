using System.Text.Json;
using System.Text.Json.Serialization;
using LangSmithPg.Common;

namespace LangSmithPg.Moves;

/// <summary>What the queries of a move answer.</summary>
static class MoveFactsJson
{
    /// <summary>Reads facts.</summary>
    /// <param name="json">The JSON document.</param>
    /// <exception cref="JsonException">The document is not of this shape.</exception>
    public static MoveFacts Read(string json) => JsonFacts.Read(json, MoveFactsJsonContext.Default.MoveFacts);

    /// <summary>Reads the extensions that a server has files for.</summary>
    /// <param name="json">The JSON document.</param>
    /// <exception cref="JsonException">The document is not of this shape.</exception>
    public static IReadOnlyList<AvailableExtension> ReadAvailable(string json) => JsonFacts.Read(json, MoveFactsJsonContext.Default.AvailableExtensionArray);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(MoveFacts))]
[JsonSerializable(typeof(AvailableExtension[]))]
sealed partial class MoveFactsJsonContext : JsonSerializerContext;
