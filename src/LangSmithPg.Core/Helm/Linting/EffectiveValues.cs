using System.Globalization;
using LangSmithPg.Common;
using LangSmithPg.Documents;

namespace LangSmithPg.Helm.Linting;

/// <summary>
/// What Helm makes of several values files: maps are merged, of anything else the last file's word holds, and a null takes away what stood
/// there. Source: Helm documentation, "Values Files".
/// </summary>
sealed class EffectiveValues
{
    readonly Dictionary<ValuesPath, (ValuesFile File, FileValue Value)> _values = [];

    /// <summary>Merges files.</summary>
    /// <param name="files">The files, in the order of Helm's <c>-f</c>.</param>
    public EffectiveValues(IReadOnlyList<ValuesFile> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        foreach (var file in files)
        {
            foreach (var value in file.Values)
            {
                if (!_values.TryGetValue(value.Path, out var old))
                {
                    _values.Add(value.Path, (file, value));
                }
                else if (value.Kind != ValueKind.Map || old.Value.Kind != ValueKind.Map)
                {
                    TakeAway(value.Path);
                    _values[value.Path] = (file, value);
                }
            }
        }
    }

    /// <summary>All that holds.</summary>
    public IEnumerable<(ValuesFile File, FileValue Value)> All => _values.Values;

    /// <summary>What holds at a path, and the file that says so; null where no file says anything.</summary>
    /// <param name="path">The path.</param>
    public (ValuesFile File, FileValue Value)? Find(ValuesPath path) =>
        _values.TryGetValue(path, out var found) && !found.Value.IsNull ? found : null;

    /// <summary>What stands at a path after all files, a null too; null where no file says anything.</summary>
    internal (ValuesFile File, FileValue Value)? FindAny(ValuesPath path) => _values.TryGetValue(path, out var found) ? found : null;

    /// <summary>What holds at a path, with all below it; null where no file says anything, or takes it away.</summary>
    /// <param name="path">The path.</param>
    public DocumentNode? ToDocument(ValuesPath path) => Find(path)?.Value switch
    {
        null => null,
        { Kind: ValueKind.Map } => new DocumentMap(
        [
            .. Below(path).Select(below => (Key: below.Keys[^1], Node: ToDocument(below))).Where(entry => entry.Node is not null)
                .Select(entry => KeyValuePair.Create(entry.Key, entry.Node!)),
        ]),
        { Kind: ValueKind.List } => new DocumentList(
        [
            .. Below(path).OrderBy(below => int.Parse(below.Keys[^1].AsSpan(1, below.Keys[^1].Length - 2), CultureInfo.InvariantCulture))
                .Select(ToDocument).OfType<DocumentNode>(),
        ]),
        { Kind: ValueKind.Word, Text: "true" or "false" } flag => new DocumentFlag(flag.Text == "true"),
        { Kind: ValueKind.Word } word when long.TryParse(word.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => new DocumentNumber(number),
        var text => new DocumentText(text.Text),
    };

    IEnumerable<ValuesPath> Below(ValuesPath path) => _values.Keys.Where(one => one.Keys.Count == path.Keys.Count + 1 && path.IsAncestorOf(one));

    // An item of a list belongs to it, so that a list of another file takes the whole place.
    void TakeAway(ValuesPath path)
    {
        foreach (var below in _values.Keys.Where(path.IsAncestorOf).ToList())
        {
            _values.Remove(below);
        }
    }
}
