using System.Text.Encodings.Web;
using System.Text.Json;
using LangSmithPg.Charts.Data;

namespace LangSmithPg.CatalogueTool.Files;

/// <summary>Reads and writes catalogue.json: an entry is a line, and a variant, too, where an entry has several.</summary>
static class CatalogueFile
{
    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static CatalogueData Read(string text) => JsonSerializer.Deserialize(text, CatalogueJsonContext.Default.CatalogueData)!;

    public static string Write(CatalogueData data)
    {
        (string Name, string Value)[] parts =
        [
            ("about", Lines(data.About.Select(Text))),
            ("source", Text(data.Source.OriginalString)),
            ("versions", List(data.Versions)),
            ("features", Map(data.Features.Select(one => (Camel($"{one.Key}"), (object?)one.Value)))),
            ("workloads", Lines(data.Workloads.Select(Workload))),
            ("podsWithoutConnection", Lines(data.PodsWithoutConnection.Select(Item))),
            ("otherPostgresPods", Lines(data.OtherPostgresPods.Select(one => Item(one, ("variables", one.Variables))))),
            ("otherDatabases", Lines(data.OtherDatabases.Select(Database))),
            ("offByDefault", Lines(data.OffByDefault.Select(Item))),
            ("requiredToRender", Lines(data.RequiredToRender.Select(Item))),
            ("brokenOptions", Lines(data.BrokenOptions.Select(Item))),
            ("refusedKeys", Lines(data.RefusedKeys.Select(one => Item(one, ("instead", one.Instead), ("allowsEmpty", one.AllowsEmpty ? true : null))))),
            ("flags", Lines(data.Flags.Select(Item))),
        ];
        return $"{{\n{string.Join(",\n", parts.Select(part => $"  {Text(part.Name)}: {part.Value}"))}\n}}\n";
    }

    static string Workload(WorkloadData one) => Map(
        ("path", one.Path),
        ("kind", $"{one.Kind}"),
        ("name", one.Name),
        ("inDocs", one.InDocs ? true : null),
        ("connection", one.Connection ? null : false),
        ("commonPodAnnotations", one.CommonPodAnnotations),
        ("annotations", one.Annotations),
        ("accountLabels", one.AccountLabels),
        ("template", one.Template),
        ("ownDatabase", one.OwnDatabase),
        ("variants", one.Variants.Select(Variant).ToList() is [var only] ? new JsonText($"[{only}]") : new JsonText(Lines(one.Variants.Select(Variant), depth: 2))));

    static string Variant(VariantData one) => Map(
        ("from", one.From), ("absent", one.Absent ? true : null), ("when", one.When), ("on", one.On), ("hook", one.Hook), ("account", one.Account),
        ("accountCreated", one.AccountCreated));

    static string Database(DatabaseData one) => Map(
        ("name", one.Name), ("variable", one.Variable), ("from", one.From), ("until", one.Until), ("onFrom", one.OnFrom), ("iamKey", one.IamKey),
        ("iamFrom", one.IamFrom), ("when", one.When));

    static string Item(ItemData one) => Item(one, []);

    static string Item(ItemData one, params IEnumerable<(string Name, object? Value)> more) => Map([("name", one.Name), ("from", one.From), ("until", one.Until), .. more]);

    static string Lines(IEnumerable<string> entries, int depth = 1)
    {
        var margin = new string(' ', 2 * depth);
        return !entries.Any() ? "[]" : $"[\n{string.Join(",\n", entries.Select(entry => $"{margin}  {entry}"))}\n{margin}]";
    }

    // What is not said is left out.
    static string Map(params IEnumerable<(string Name, object? Value)> entries) =>
        $"{{ {string.Join(", ", entries.Where(entry => entry.Value is not null).Select(entry => $"{Text(entry.Name)}: {Value(entry.Value!)}"))} }}";

    static string Value(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        JsonText json => json.Text,
        IEnumerable<string> list => List(list),
        _ => Text($"{value}"),
    };

    static string List(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(Text))}]";

    static string Text(string text) => JsonSerializer.Serialize(text, Plain);

    static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    sealed record JsonText(string Text);
}
