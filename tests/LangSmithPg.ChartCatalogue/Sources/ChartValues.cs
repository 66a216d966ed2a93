using YamlDotNet.RepresentationModel;

namespace LangSmithPg.CatalogueTool.Sources;

/// <summary>The values of a chart, as its values.yaml has them, by their paths with dots.</summary>
sealed class ChartValues
{
    readonly Dictionary<string, YamlNode> _nodes = new(StringComparer.Ordinal);

    public ChartValues(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        if (stream.Documents is [{ RootNode: YamlMappingNode root }, ..])
        {
            Collect(root, "");
        }
    }

    public IEnumerable<string> Paths => _nodes.Keys;

    public bool Has(string path) => _nodes.ContainsKey(path);

    /// <summary>The text of a value; null for a map, a list, and what is not there.</summary>
    public string? Text(string path) => (_nodes.GetValueOrDefault(path) as YamlScalarNode)?.Value;

    public bool IsMap(string path) => _nodes.GetValueOrDefault(path) is YamlMappingNode;

    /// <summary>Whether the map is empty, which is how the chart shows where any key may be set.</summary>
    public bool IsEmptyMap(string path) => _nodes.GetValueOrDefault(path) is YamlMappingNode { Children.Count: 0 };

    public bool IsList(string path) => _nodes.GetValueOrDefault(path) is YamlSequenceNode;

    void Collect(YamlMappingNode map, string parent)
    {
        foreach (var (key, value) in map.Children)
        {
            var path = $"{parent}{((YamlScalarNode)key).Value}";
            _nodes[path] = value;
            if (value is YamlMappingNode below)
            {
                Collect(below, $"{path}.");
            }
        }
    }
}
