using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Serialization;

namespace LangSmithPg.Yaml.Tests.Readers;

/// <summary>YAML as YamlDotNet reads it when nobody tells it what to expect.</summary>
static class YamlDotNetReader
{
    [ThreadStatic]
    static IDeserializer? _deserializer;

    public static JsonNode? Read(string yaml)
    {
        _deserializer ??= new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().WithDuplicateKeyChecking().Build();
        return Convert(_deserializer.Deserialize<object?>(yaml));
    }

    static JsonNode? Convert(object? value) => value switch
    {
        null => null,
        // A key that is no text has no place in JSON: the cast fails then.
        Dictionary<object, object?> map => new JsonObject(map.Select(entry => KeyValuePair.Create((string)entry.Key, Convert(entry.Value)))),
        List<object?> list => new JsonArray([.. list.Select(Convert)]),
        string text => text,
        bool flag => flag,
        byte or short or int or long or ulong => System.Convert.ToInt64(value, CultureInfo.InvariantCulture),
        _ => throw new NotSupportedException($"{value.GetType()} is no type that documents have."),
    };
}
