using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace LangSmithPg.Text;

/// <summary>
/// Reads facts that a server answers as JSON. Whatever answers may leave things out, which .NET 8's reader takes for null: here what may
/// not be null is asked for, so that no rule meets it.
/// </summary>
static class JsonFacts
{
    /// <summary>Reads facts.</summary>
    /// <exception cref="JsonException">The document is not of this shape.</exception>
    public static T Read<T>(string json, JsonTypeInfo<T> type)
        where T : class
    {
        var facts = JsonSerializer.Deserialize(json, type) ?? throw new JsonException("The facts are null.");
        RequireProperties(facts, new NullabilityInfoContext());
        return facts;
    }

    static void RequireProperties(object facts, NullabilityInfoContext nullability)
    {
        // What is computed from others cannot be written.
        foreach (var property in facts.GetType().GetProperties().Where(property => property.CanWrite))
        {
            Require(property.GetValue(facts), nullability.Create(property), property.Name, nullability);
        }
    }

    static void Require(object? value, NullabilityInfo type, string name, NullabilityInfoContext nullability)
    {
        switch (value)
        {
            case null when type.ReadState != NullabilityState.Nullable:
                throw new JsonException($"The facts lack {name}.");
            case null or string or ValueType:
                break;
            case IDictionary map:
                Require(map.Values, type.GenericTypeArguments[1], name, nullability);
                break;
            case IEnumerable list:
                Require(list, type.GenericTypeArguments[0], name, nullability);
                break;
            default:
                RequireProperties(value, nullability);
                break;
        }
    }

    static void Require(IEnumerable values, NullabilityInfo type, string name, NullabilityInfoContext nullability)
    {
        foreach (var value in values)
        {
            Require(value, type, name, nullability);
        }
    }
}
