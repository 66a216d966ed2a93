using System.Text.Json.Nodes;
using LangSmithPg.Documents;

namespace LangSmithPg.Yaml.Tests.Documents;

/// <summary>Documents as JSON, to compare with what a reader of YAML made of them: the values and their types.</summary>
static class DocumentJson
{
    public static JsonNode Of(DocumentNode node) => node switch
    {
        DocumentMap map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)Of(entry.Value)))),
        DocumentList list => new JsonArray([.. list.Items.Select(Of)]),
        DocumentFlag flag => flag.Value,
        DocumentNumber number => number.Value,
        _ => ((DocumentText)node).Value,
    };
}
