using System.Globalization;
using LangSmithPg.Common;
using LangSmithPg.Documents;

namespace LangSmithPg.Helm.Linting;

/// <summary>
/// What Helm makes of several values files: maps are merged, anything else replaces what an earlier file says, and a null removes it.
/// Source: Helm documentation, "Values Files".
/// </summary>
sealed class EffectiveValues
{
    readonly Dictionary<string, Entry> _roots = new(StringComparer.Ordinal);

    /// <summary>Merges files.</summary>
    /// <param name="files">The files, in the order of Helm's <c>-f</c>.</param>
    public EffectiveValues(IReadOnlyList<ValuesFile> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        foreach (var file in files)
        {
            Merge(_roots, file, file.Roots);
        }
    }

    /// <summary>All values that take effect, each before what is in it.</summary>
    public IEnumerable<(ValuesFile File, ValuesNode Value)> All => Flatten(_roots);

    /// <summary>The value at a path, and the file that sets it; null where no file sets it.</summary>
    /// <param name="path">The path.</param>
    public (ValuesFile File, ValuesNode Value)? Find(ValuesPath path) => FindAny(path) is { Value.IsNull: false } found ? found : null;

    /// <summary>The value at a path after all files, also where it is null; null where no file sets it.</summary>
    internal (ValuesFile File, ValuesNode Value)? FindAny(ValuesPath path) => EntryAt(path) is { } entry ? (entry.File, entry.Node) : null;

    /// <summary>Whether nothing is in the map or list at a path.</summary>
    internal bool IsEmpty(ValuesPath path) => EntryAt(path) is not { Children.Count: > 0 };

    /// <summary>The value at a path with all that is in it; null where no file sets it, or the last one removes it.</summary>
    /// <param name="path">The path.</param>
    public DocumentNode? ToDocument(ValuesPath path) => EntryAt(path) is { } entry ? ToDocument(entry) : null;

    static DocumentNode? ToDocument(Entry entry) => entry.Node switch
    {
        { IsNull: true } => null,
        { Kind: ValueKind.Map } => new DocumentMap(
        [
            .. entry.Children.Select(child => (child.Key, Node: ToDocument(child.Value))).Where(child => child.Node is not null)
                .Select(child => KeyValuePair.Create(child.Key, child.Node!)),
        ]),
        { Kind: ValueKind.List } => new DocumentList([.. entry.Children.Values.Select(ToDocument).OfType<DocumentNode>()]),
        { Kind: ValueKind.Word, Text: "true" or "false" } flag => new DocumentFlag(flag.Text == "true"),
        { Kind: ValueKind.Word } word when long.TryParse(word.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => new DocumentNumber(number),
        var text => new DocumentText(text.Text),
    };

    // A list is replaced as a whole.
    static void Merge(Dictionary<string, Entry> into, ValuesFile file, IReadOnlyList<ValuesNode> nodes)
    {
        foreach (var node in nodes)
        {
            var key = node.Path.Keys[^1];
            if (node.Kind != ValueKind.Map || !into.TryGetValue(key, out var entry) || entry.Node.Kind != ValueKind.Map)
            {
                into[key] = entry = new(file, node);
            }

            Merge(entry.Children, file, node.Children);
        }
    }

    Entry? EntryAt(ValuesPath path)
    {
        Entry? entry = null;
        foreach (var key in path.Keys)
        {
            if (!(entry?.Children ?? _roots).TryGetValue(key, out entry))
            {
                return null;
            }
        }

        return entry;
    }

    static IEnumerable<(ValuesFile File, ValuesNode Value)> Flatten(Dictionary<string, Entry> entries) =>
        entries.Values.SelectMany(entry => Flatten(entry.Children).Prepend((entry.File, entry.Node)));

    sealed class Entry(ValuesFile file, ValuesNode node)
    {
        public ValuesFile File { get; } = file;

        public ValuesNode Node { get; } = node;

        public Dictionary<string, Entry> Children { get; } = new(StringComparer.Ordinal);
    }
}
