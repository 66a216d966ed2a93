using LangSmithPg.CatalogueTool.Sources;

namespace LangSmithPg.CatalogueTool.Facts;

/// <summary>A key of the values in all versions, and the keys below it.</summary>
sealed class KeyNode
{
    readonly SortedDictionary<string, KeyNode> _below = new(StringComparer.Ordinal);
    readonly HashSet<int> _versions = [];
    bool _isMap, _isWhole, _isOtherThanList;

    public IReadOnlyDictionary<string, KeyNode> Below => _below;

    /// <summary>Whether any key may stand below it.</summary>
    public bool IsOpen => _isWhole && (_isMap || _below.Count > 0);

    /// <summary>Whether a list stands there in every version's own values.</summary>
    public bool IsList => !_isOtherThanList;

    /// <summary>Whether a version has it, by its position.</summary>
    public bool IsIn(int version) => _versions.Contains(version);

    public void Add(int version, ChartKeyNames keys, ChartValues values)
    {
        foreach (var path in keys.All)
        {
            var node = this;
            foreach (var name in path.Split('.'))
            {
                node = node._below.TryGetValue(name, out var below) ? below : node._below[name] = new();
            }

            node._versions.Add(version);
            node._isMap |= values.IsMap(path) || (!values.Has(path) && IsMapByName(path));
            node._isWhole |= values.IsEmptyMap(path) || keys.Whole.Contains(path);
            node._isOtherThanList |= !values.IsList(path);
        }
    }

    // A template may write a list out as it is, too: of what stands in no values, only these are known as maps.
    static bool IsMapByName(string path) => path.EndsWith(".labels", StringComparison.Ordinal) || path.EndsWith(".annotations", StringComparison.Ordinal);
}
