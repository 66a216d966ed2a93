using System.Text.Json;
using System.Text.Json.Serialization;
using LangSmithPg.Common;
using LangSmithPg.Sql;

namespace LangSmithPg.Ownership;

/// <summary>Facts as the JSON that their query answers.</summary>
static class OwnershipFactsJson
{
    /// <summary>Reads facts.</summary>
    /// <param name="json">The JSON document.</param>
    /// <exception cref="JsonException">The document is not of this shape, or what goes into statements as it is is no name or word.</exception>
    public static OwnershipFacts Read(string json)
    {
        var facts = JsonFacts.Read(json, OwnershipFactsJsonContext.Default.OwnershipFacts);
        return facts.Objects.All(one => IsWord(one.Kind) && SqlName.Is(one.Identity)) && facts.DefaultPrivileges.All(one => IsWord(one.Privilege))
            ? facts
            : throw new JsonException("The facts have a name that is none.");
    }

    // "foreign-data wrapper", "SELECT".
    static bool IsWord(string text) => text.Length > 0 && text.All(character => char.IsAsciiLetter(character) || character is ' ' or '-') && !text.Contains("--", StringComparison.Ordinal);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(OwnershipFacts))]
sealed partial class OwnershipFactsJsonContext : JsonSerializerContext;
