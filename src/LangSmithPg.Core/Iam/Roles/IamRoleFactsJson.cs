using System.Text.Json;
using System.Text.Json.Serialization;
using LangSmithPg.Common;

namespace LangSmithPg.Iam.Roles;

/// <summary>Facts as the JSON that their query answers.</summary>
static class IamRoleFactsJson
{
    /// <summary>Reads facts.</summary>
    /// <param name="json">The JSON document.</param>
    /// <exception cref="JsonException">The document is not of this shape.</exception>
    public static IamRoleFacts Read(string json) =>
        JsonFacts.Read(json, IamRoleFactsJsonContext.Default.IamRoleFacts);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IamRoleFacts))]
sealed partial class IamRoleFactsJsonContext : JsonSerializerContext;
