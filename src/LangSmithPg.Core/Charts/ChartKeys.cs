using LangSmithPg.Charts.Data;
using LangSmithPg.Common;

namespace LangSmithPg.Charts;

/// <summary>The keys of the values that the chart knows, version by version. The chart itself accepts any key, and ignores it.</summary>
static class ChartKeys
{
    static readonly Lazy<ChartKey> Tree = new(ChartKeysReader.Read);

    /// <summary>What holds the topmost keys; no key itself.</summary>
    public static ChartKey Root => Tree.Value;

    /// <summary>Whether a version knows a key, or a map above it that takes any.</summary>
    /// <param name="path">Where the key stands.</param>
    /// <param name="version">The version.</param>
    public static bool Has(ValuesPath path, ChartVersion version)
    {
        ArgumentNullException.ThrowIfNull(path);
        var key = Root;
        foreach (var name in path.Keys)
        {
            var below = key.Find(name);
            if (below?.IsIn(version) is not true)
            {
                return key.IsOpen;
            }

            key = below;
        }

        return true;
    }
}
