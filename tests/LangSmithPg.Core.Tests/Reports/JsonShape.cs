using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace LangSmithPg.Core.Tests.Reports;

/// <summary>Holds a JSON document against a JSON schema, as far as the report's schema goes.</summary>
sealed class JsonShape(JsonNode schema)
{
    public IReadOnlyList<string> Errors(JsonNode? value) => [.. Check(schema, value, "$")];

    IEnumerable<string> Check(JsonNode rule, JsonNode? value, string path)
    {
        if (rule["$ref"] is { } reference)
        {
            var target = reference.GetValue<string>().Split('/').Skip(1).Aggregate(schema, (node, name) => node[name]!);
            return Check(target, value, path);
        }

        if (rule["type"] is { } type && !Types(type).Contains(TypeOf(value)))
        {
            return [$"{path} is no {type.ToJsonString()}"];
        }

        return
        [
            .. Unless(rule["enum"] is not JsonArray values || values.Any(one => JsonNode.DeepEquals(one, value)), $"{path} is no member"),
            .. Unless(rule["pattern"] is not { } pattern || Regex.IsMatch(value!.GetValue<string>(), pattern.GetValue<string>()), $"{path} does not match"),
            .. Unless(rule["minimum"] is not { } minimum || value!.GetValue<decimal>() >= minimum.GetValue<decimal>(), $"{path} is too small"),
            .. value is JsonObject members ? CheckMembers(rule, members, path) : [],
            .. value is JsonArray items && rule["items"] is { } item ? items.SelectMany((one, index) => Check(item, one, $"{path}[{index}]")) : [],
        ];
    }

    IEnumerable<string> CheckMembers(JsonNode rule, JsonObject value, string path)
    {
        var properties = rule["properties"]!.AsObject();
        return
        [
            .. rule["required"]!.AsArray().Select(name => name!.GetValue<string>()).Where(name => !value.ContainsKey(name)).Select(name => $"{path}.{name} is missing"),
            .. value.SelectMany(member => properties[member.Key] is { } property
                ? Check(property, member.Value, $"{path}.{member.Key}")
                : [$"{path}.{member.Key} is not described"]),
        ];
    }

    static IEnumerable<string> Unless(bool holds, string error) => holds ? [] : [error];

    static IEnumerable<string> Types(JsonNode type) => type is JsonArray types ? types.Select(one => one!.GetValue<string>()) : [type.GetValue<string>()];

    static string TypeOf(JsonNode? value) => value?.GetValueKind() switch
    {
        null => "null",
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => value.AsValue().TryGetValue<long>(out _) ? "integer" : "number",
    };
}
