using System.Text.Json;
using System.Text.Json.Serialization;
using LangSmithPg.Common;

namespace LangSmithPg.Health;

/// <summary>What the queries of a health check answer.</summary>
static class HealthFactsJson
{
    /// <summary>Reads what goes on in the server.</summary>
    /// <exception cref="JsonException">The document is not of this shape.</exception>
    public static ActivityFacts ReadActivity(string json) => JsonFacts.Read(json, HealthFactsJsonContext.Default.ActivityFacts);

    /// <summary>Reads what the database stores.</summary>
    /// <exception cref="JsonException">The document is not of this shape.</exception>
    public static ObjectFacts ReadObjects(string json) => JsonFacts.Read(json, HealthFactsJsonContext.Default.ObjectFacts);

    /// <summary>Reads how far the sequences are.</summary>
    /// <exception cref="JsonException">The document is not of this shape.</exception>
    public static SequenceFacts ReadSequences(string json) => JsonFacts.Read(json, HealthFactsJsonContext.Default.SequenceFacts);

    /// <summary>Reads whether LangSmith's counts of traces can be looked at.</summary>
    /// <exception cref="JsonException">The document is not of this shape.</exception>
    public static TraceFacts ReadTraces(string json) => JsonFacts.Read(json, HealthFactsJsonContext.Default.TraceFacts);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(ActivityFacts))]
[JsonSerializable(typeof(ObjectFacts))]
[JsonSerializable(typeof(SequenceFacts))]
[JsonSerializable(typeof(TraceFacts))]
sealed partial class HealthFactsJsonContext : JsonSerializerContext;
