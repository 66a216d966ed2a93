using LangSmithPg.Files;
using LangSmithPg.Helm.Linting;
using LangSmithPg.Yaml.Editing;
using YamlDotNet.Core;

namespace LangSmithPg.Yaml.Linting;

/// <summary>Reads a values file into its values and their places. Aliases and merge keys are followed, as Helm does.</summary>
sealed class ValuesFileReader
{
    const string MergeKey = "<<";
    // A few aliases of aliases can expand to more than fits in memory.
    const int MostValues = 1_000_000;
    const int MostDepth = 100;

    readonly Dictionary<string, SyntaxNode> _anchors = new(StringComparer.Ordinal);
    readonly List<ValuesNode> _repeated = [];
    int _count;

    ValuesFileReader()
    {
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="text">Its text; a byte order mark is passed over.</param>
    /// <exception cref="FileEditException">It is not valid YAML, not a map, or too large for values.</exception>
    public static ValuesFile Read(string path, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (SyntaxTree.Read(text.TrimStart('\uFEFF')) is not { } root)
        {
            return new(path, [], []);
        }

        var reader = new ValuesFileReader();
        reader.Note(root);
        return new(path, reader.ReadMap(Maps.Require(root, []), []), reader._repeated);
    }

    void Note(SyntaxNode node)
    {
        if (node.Anchor.Length > 0)
        {
            _anchors[node.Anchor] = node;
        }

        foreach (var child in node switch
        {
            SyntaxMap map => map.Entries.SelectMany(entry => new[] { entry.Key, entry.Value }),
            SyntaxList list => list.Items,
            _ => [],
        })
        {
            Note(child);
        }
    }

    List<ValuesNode> ReadMap(SyntaxMap map, IReadOnlyList<string> path)
    {
        List<ValuesNode> nodes = [];
        HashSet<string> seen = [];
        foreach (var (key, value) in map.Entries)
        {
            if (key is SyntaxScalar { Value: var name } && name != MergeKey)
            {
                IReadOnlyList<string> below = [.. path, name];
                if (seen.Add(name))
                {
                    nodes.Add(ReadNode(value, below, key.Place));
                }
                else
                {
                    _repeated.Add(new(new(below), ValueKind.Word, "", key.Place.Line, key.Place.Column));
                }
            }
        }

        // A key of the map's own wins over one that is merged.
        foreach (var merged in map.Entries.Where(entry => entry.Key is SyntaxScalar { Value: MergeKey }).SelectMany(entry => Sources(entry.Value)))
        {
            foreach (var (key, value) in merged.Entries)
            {
                if (key is SyntaxScalar { Value: var name } && name != MergeKey && seen.Add(name))
                {
                    nodes.Add(ReadNode(value, [.. path, name], key.Place));
                }
            }
        }

        return nodes;
    }

    IEnumerable<SyntaxMap> Sources(SyntaxNode node) => Follow(node) switch
    {
        SyntaxMap map => [map],
        SyntaxList list => list.Items.Select(Follow).OfType<SyntaxMap>(),
        _ => [],
    };

    ValuesNode ReadNode(SyntaxNode node, IReadOnlyList<string> path, Place place)
    {
        if (++_count > MostValues || path.Count > MostDepth)
        {
            throw new FileEditException(FileProblemKind.FileTooLarge, "The file contains more values than any values file has.", "Check the file: its aliases may refer to themselves.", place.Line, place.Column);
        }

        return Follow(node) switch
        {
            SyntaxMap map => Node(ValueKind.Map) with { Children = ReadMap(map, path) },
            SyntaxList list => Node(ValueKind.List) with { Children = [.. list.Items.Select((item, index) => ReadNode(item, [.. path, $"[{index}]"], item.Place))] },
            SyntaxScalar { Style: ScalarStyle.Plain, Tag: "" } word => Node(ValueKind.Word, word.Value),
            SyntaxScalar text => Node(ValueKind.Text, text.Value),
            _ => Node(ValueKind.Word),
        };

        ValuesNode Node(ValueKind kind, string text = "") => new(new(path), kind, text, place.Line, place.Column);
    }

    SyntaxNode Follow(SyntaxNode node) => node is SyntaxAlias alias && _anchors.TryGetValue(alias.Name, out var target) ? target : node;
}
