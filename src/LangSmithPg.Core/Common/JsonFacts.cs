using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace LangSmithPg.Common;

/// <summary>
/// Reads facts that a server answers as JSON. Whatever answers may leave things out, which .NET 8's reader takes for null: here what may
/// not be null is asked for, so that no rule meets it.
/// </summary>
static class JsonFacts
{
    // Ownership has tens of thousands of objects of one type.
    static readonly ConcurrentDictionary<Type, IReadOnlyList<(PropertyInfo Property, NullabilityInfo Nullability)>> Shapes = new();

    /// <summary>Reads facts.</summary>
    /// <exception cref="JsonException">The document is not of this shape.</exception>
    public static T Read<T>(string json, JsonTypeInfo<T> type)
        where T : class
    {
        var facts = JsonSerializer.Deserialize(json, type) ?? throw new JsonException("The facts are null.");
        RequireProperties(facts);
        return facts;
    }

    static void RequireProperties(object facts)
    {
        foreach (var (property, nullability) in Shapes.GetOrAdd(facts.GetType(), ShapeOf))
        {
            Require(property.GetValue(facts), nullability, property.Name);
        }
    }

    // What is computed from others cannot be written.
    static IReadOnlyList<(PropertyInfo, NullabilityInfo)> ShapeOf(Type type)
    {
        var context = new NullabilityInfoContext();
        return [.. type.GetProperties().Where(property => property.CanWrite && !IsPlain(property)).Select(property => (property, context.Create(property)))];
    }

    static bool IsPlain(PropertyInfo property) => property.PropertyType.IsPrimitive || property.PropertyType.IsEnum;

    static void Require(object? value, NullabilityInfo type, string name)
    {
        switch (value)
        {
            case null when type.ReadState != NullabilityState.Nullable:
                throw new JsonException($"The facts lack {name}.");
            case null or string or ValueType:
                break;
            case IDictionary map:
                RequireAll(map.Values, type.GenericTypeArguments[1], name);
                break;
            case IEnumerable list:
                RequireAll(list, type.GenericTypeArguments[0], name);
                break;
            default:
                RequireProperties(value);
                break;
        }
    }

    static void RequireAll(IEnumerable values, NullabilityInfo type, string name)
    {
        foreach (var value in values)
        {
            Require(value, type, name);
        }
    }
}
