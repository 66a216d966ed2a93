using System.Text.Json;
using System.Text.Json.Serialization;

namespace LangSmithPg.Iam.Roles;

/// <summary>Facts as the JSON that their query answers.</summary>
public static class IamRoleFactsJson
{
    /// <summary>Reads facts.</summary>
    /// <param name="json">The JSON document.</param>
    /// <exception cref="JsonException">The document is not of this shape.</exception>
    public static IamRoleFacts Read(string json) =>
        JsonSerializer.Deserialize(json, IamRoleFactsJsonContext.Default.IamRoleFacts) ?? throw new JsonException("The facts are null.");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IamRoleFacts))]
sealed partial class IamRoleFactsJsonContext : JsonSerializerContext;
