namespace LangSmithPg.Helm.Linting;

/// <summary>
/// What Helm makes of several values files: maps are merged, of anything else the last file's word holds, and a null takes away what stood
/// there. Source: Helm documentation, "Values Files".
/// </summary>
public sealed class EffectiveValues
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

    // An item of a list belongs to it, so that a list of another file takes the whole place.
    void TakeAway(ValuesPath path)
    {
        foreach (var below in _values.Keys.Where(path.IsAbove).ToList())
        {
            _values.Remove(below);
        }
    }
}
