using LangSmithPg.Common;
using LangSmithPg.Documents;
using LangSmithPg.Helm;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace LangSmithPg.Fuzz.Targets;

/// <summary>Values files as another reader sees them: YamlDotNet's own tree.</summary>
public static class YamlTree
{
    const int DeepestNode = 200;

    /// <summary>A document, as text that tells what it holds and no more.</summary>
    /// <param name="root">Its root, or null for an empty one.</param>
    /// <exception cref="YamlException">It leads into itself, or has a key twice.</exception>
    public static string Shown(YamlNode? root) => Show(Plain(root, depth: 0));

    /// <summary>The same of a document with values set in it.</summary>
    /// <param name="root">Its root, or null for an empty one.</param>
    /// <param name="values">The values.</param>
    /// <exception cref="YamlException">It leads into itself, or has a key twice.</exception>
    public static string ShownWith(YamlNode? root, HelmValues values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var changed = Plain(root, depth: 0) as Dictionary<string, object?> ?? [];
        foreach (var entry in values.Entries)
        {
            Put(changed, entry.Path.Keys, Wanted(values, entry.Path));
        }

        return Show(changed);
    }

    /// <summary>The new text is the old one with the values set, and nothing else.</summary>
    internal static void AssertChanged(string before, string after, HelmValues values)
    {
        if (!TryShow(before, root => ShownWith(root, values), out var wanted))
        {
            return;
        }

        Promise.Holds(TryShow(after, Shown, out var found), "Another reader cannot read it any more.");
        Promise.Holds(wanted == found, $"Another reader finds something else.\nwanted: {wanted}\nfound:  {found}");
    }

    // That reader takes neither a key twice nor an alias without its anchor, and follows an alias that leads into itself for ever.
    static bool TryShow(string text, Func<YamlNode?, string> show, out string? shown)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text.TrimStart('\uFEFF')));
            shown = show(stream.Documents.Count > 0 ? stream.Documents[0].RootNode : null);
            return true;
        }
        catch (YamlException)
        {
            shown = null;
            return false;
        }
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

    static object? Plain(YamlNode? node, int depth) => node switch
    {
        _ when depth > DeepestNode => throw new YamlException("The document leads into itself."),
        YamlMappingNode map when map.Children.Keys.OfType<YamlScalarNode>().DistinctBy(key => key.Value).Count() < map.Children.Keys.OfType<YamlScalarNode>().Count() =>
            throw new YamlException("A key stands here twice."),
        YamlMappingNode map => map.Children.Where(pair => pair.Key is YamlScalarNode).ToDictionary(pair => ((YamlScalarNode)pair.Key).Value!, pair => Plain(pair.Value, depth + 1)),
        YamlSequenceNode list => list.Children.Select(child => Plain(child, depth + 1)).ToList(),
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
