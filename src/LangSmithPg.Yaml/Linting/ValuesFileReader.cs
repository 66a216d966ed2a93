using LangSmithPg.Files;
using LangSmithPg.Helm.Linting;
using LangSmithPg.Yaml.Editing;
using YamlDotNet.Core;

namespace LangSmithPg.Yaml.Linting;

/// <summary>Reads a values file into its values and their places. Aliases and merge keys are followed, as Helm does.</summary>
sealed class ValuesFileReader
{
    const string MergeKey = "<<";
    // A few aliases of aliases can stand for more than any memory holds.
    const int MostValues = 1_000_000;
    const int MostDepth = 100;

    readonly Dictionary<string, SyntaxNode> _anchors = new(StringComparer.Ordinal);
    readonly List<FileValue> _values = [];
    readonly List<FileValue> _repeated = [];

    ValuesFileReader()
    {
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="text">Its text; a byte order mark is passed over.</param>
    /// <exception cref="FileEditException">It is no YAML, no map, or too large to be values.</exception>
    public static ValuesFile Read(string path, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var reader = new ValuesFileReader();
        if (SyntaxTree.Read(text.TrimStart('\uFEFF')) is { } root)
        {
            reader.Note(root);
            reader.Walk(Maps.Require(root, []), []);
        }

        return new(path, reader._values, reader._repeated);
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

    void Walk(SyntaxMap map, IReadOnlyList<string> path)
    {
        HashSet<string> seen = [];
        foreach (var (key, value) in map.Entries)
        {
            if (key is SyntaxScalar { Value: var name } && name != MergeKey)
            {
                IReadOnlyList<string> below = [.. path, name];
                if (seen.Add(name))
                {
                    Add(value, below, key.Place);
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
                    Add(value, [.. path, name], key.Place);
                }
            }
        }
    }

    IEnumerable<SyntaxMap> Sources(SyntaxNode node) => Follow(node) switch
    {
        SyntaxMap map => [map],
        SyntaxList list => list.Items.Select(Follow).OfType<SyntaxMap>(),
        _ => [],
    };

    void Add(SyntaxNode node, IReadOnlyList<string> path, Place place)
    {
        if (_values.Count >= MostValues || path.Count > MostDepth)
        {
            throw new FileEditException(FileProblemKind.FileTooLarge, "There are more values than any values file has.", "Check the file: its aliases may lead into themselves.", place.Line, place.Column);
        }

        var followed = Follow(node);
        var (kind, text) = followed switch
        {
            SyntaxMap => (ValueKind.Map, ""),
            SyntaxList => (ValueKind.List, ""),
            SyntaxScalar { Style: ScalarStyle.Plain, Tag: "" } word => (ValueKind.Word, word.Value),
            SyntaxScalar other => (ValueKind.Text, other.Value),
            _ => (ValueKind.Word, ""),
        };
        _values.Add(new(new(path), kind, text, place.Line, place.Column));
        if (followed is SyntaxMap map)
        {
            Walk(map, path);
        }
        else if (followed is SyntaxList list)
        {
            for (var index = 0; index < list.Items.Count; index++)
            {
                Add(list.Items[index], [.. path, $"[{index}]"], list.Items[index].Place);
            }
        }
    }

    SyntaxNode Follow(SyntaxNode node) => node is SyntaxAlias alias && _anchors.TryGetValue(alias.Name, out var target) ? target : node;
}
