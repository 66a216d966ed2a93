using LangSmithPg.Charts;

namespace LangSmithPg.CatalogueTool.Facts;

/// <summary>A range of versions in which something holds.</summary>
/// <param name="From">The first version with it.</param>
/// <param name="Until">The first version without it; null when the newest has it.</param>
readonly record struct Turn(ChartVersion From, ChartVersion? Until)
{
    /// <summary>The ranges in which something holds.</summary>
    /// <param name="versions">All versions, in order.</param>
    /// <param name="holds">Whether it holds, by the position of a version.</param>
    public static IEnumerable<Turn> All(IReadOnlyList<ChartVersion> versions, Func<int, bool> holds)
    {
        ChartVersion? from = null;
        for (var index = 0; index < versions.Count; index++)
        {
            if (holds(index) == from is null)
            {
                if (from is not null)
                {
                    yield return new(from, versions[index]);
                }

                from = from is null ? versions[index] : null;
            }
        }

        if (from is not null)
        {
            yield return new(from, null);
        }
    }

    /// <summary>The parts of the range.</summary>
    /// <param name="starts">Where a part begins, in order.</param>
    public IEnumerable<Turn> SplitAt(IEnumerable<ChartVersion> starts)
    {
        var rest = this;
        foreach (var start in starts.Where(Contains))
        {
            yield return rest with { Until = start };
            rest = rest with { From = start };
        }

        yield return rest;
    }

    bool Contains(ChartVersion version) => From < version && (Until is null || version < Until);
}
