using System.Collections;
using System.Management.Automation;
using System.Text.Json;
using LangSmithPg.Connections.Reading;

namespace LangSmithPg.Binding.Clouds;

/// <summary>
/// Finds the servers in the JSON of <c>az</c>, <c>aws</c> and <c>gcloud</c>: one, a list, or the lists of <c>aws rds describe-db-instances</c> and
/// <c>describe-db-clusters</c>.
/// </summary>
static class CloudServerDocument
{
    static readonly string[] Lists = ["DBInstances", "DBClusters"];

    /// <summary>Finds them; none where the text is something else.</summary>
    /// <param name="text">The text.</param>
    public static IReadOnlyList<FoundConnection> Find(string text)
    {
        if (text.AsSpan().TrimStart() is not ['{' or '[', ..])
        {
            return [];
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return Find(PSObject.AsPSObject(ToObject(document.RootElement)!));
        }
        catch (JsonException)
        {
            // Its reader says where it is wrong.
            return [];
        }
    }

    /// <summary>Finds those of a list that <c>ConvertFrom-Json</c> made of the text; none where the object is something else.</summary>
    /// <param name="given">The object.</param>
    public static IReadOnlyList<FoundConnection> Find(PSObject given)
    {
        var properties = new CloudProperties(given);
        IEnumerable<PSObject> servers = given.BaseObject is IList list
            ? list.Cast<object?>().OfType<object>().Select(PSObject.AsPSObject)
            : Lists.SelectMany(properties.List).Select(one => one.Given).DefaultIfEmpty(given);
        return
        [
            .. servers.Select(CloudServerObject.Of).OfType<ConnectionColumns>()
                .Select(columns => new FoundConnection($"server {columns.Server?.Name}") { Parts = columns.ToPartial() }),
        ];
    }

    // Names in any case, as those of an object.
    static object? ToObject(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var table = new Hashtable(StringComparer.OrdinalIgnoreCase);
                foreach (var property in element.EnumerateObject())
                {
                    table[property.Name] = ToObject(property.Value);
                }

                return table;
            case JsonValueKind.Array:
                return element.EnumerateArray().Select(ToObject).ToArray();
            case JsonValueKind.Number:
                return element.TryGetInt64(out var number) ? number : element.GetDouble();
            default:
                return element.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, JsonValueKind.String => element.GetString(), _ => null };
        }
    }
}
