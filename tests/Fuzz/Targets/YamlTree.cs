using LangSmithPg.Documents;
using LangSmithPg.Helm;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace LangSmithPg.Fuzz.Targets;

/// <summary>Values files as another reader sees them: YamlDotNet's own tree.</summary>
static class YamlTree
{
    /// <summary>The new text is the old one with the values set, and nothing else.</summary>
    public static void AssertChanged(string before, string after, HelmValues values)
    {
        var expected = Plain(Root(before)) as Dictionary<string, object?> ?? [];
        foreach (var entry in values.Entries)
        {
            Put(expected, entry.Path.Keys, Wanted(values, entry.Path));
        }

        var (wanted, found) = (Show(expected), Show(Plain(Root(after))));
        Promise.Holds(wanted == found, $"Another reader finds something else.\nwanted: {wanted}\nfound:  {found}");
    }

    static YamlNode? Root(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text.TrimStart('\uFEFF')));
        return stream.Documents.Count > 0 ? stream.Documents[0].RootNode : null;
    }

    static void Put(Dictionary<string, object?> map, IReadOnlyList<string> keys, string value)
    {
        if (keys.Count == 1)
        {
            map[keys[0]] = value;
            return;
        }

        if (map.GetValueOrDefault(keys[0]) is not Dictionary<string, object?> below)
        {
            map[keys[0]] = below = [];
        }

        Put(below, [.. keys.Skip(1)], value);
    }

    static string Wanted(HelmValues values, ValuesPath path)
    {
        DocumentNode node = values.ToDocument();
        foreach (var key in path.Keys)
        {
            node = ((DocumentMap)node).Entries.First(entry => entry.Key == key).Value;
        }

        return node is DocumentText text ? $"text {text.Value}" : Typed(node.ToString()!, isQuoted: false);
    }

    static object? Plain(YamlNode? node) => node switch
    {
        YamlMappingNode map => map.Children.Where(pair => pair.Key is YamlScalarNode).ToDictionary(pair => ((YamlScalarNode)pair.Key).Value!, pair => Plain(pair.Value)),
        YamlSequenceNode list => list.Children.Select(Plain).ToList(),
        YamlScalarNode scalar => Typed(scalar.Value!, scalar.Style != ScalarStyle.Plain || !scalar.Tag.IsEmpty),
        _ => null,
    };

    static string Typed(string value, bool isQuoted) =>
        isQuoted || YamlScalars.IsTextUnquoted(value) ? $"text {value}"
        : value.ToLowerInvariant() switch
        {
            "y" or "yes" or "true" or "on" => "flag true",
            "n" or "no" or "false" or "off" => "flag false",
            "" or "~" or "null" => "null",
            var other => $"number {other}",
        };

    static string Show(object? value) => value switch
    {
        Dictionary<string, object?> map => "{" + string.Join(", ", map.Select(pair => $"{pair.Key}: {Show(pair.Value)}")) + "}",
        List<object?> list => "[" + string.Join(", ", list.Select(Show)) + "]",
        _ => value?.ToString() ?? "",
    };
}
