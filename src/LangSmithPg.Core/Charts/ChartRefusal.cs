using LangSmithPg.Common;

namespace LangSmithPg.Charts;

/// <summary>A key that the chart has no more, and whose presence makes Helm fail.</summary>
/// <param name="Path">The key.</param>
/// <param name="Instead">The keys that replaced it; none when it has to go.</param>
sealed record ChartRefusal(ValuesPath Path, IReadOnlyList<ValuesPath> Instead)
{
    /// <summary>Whether an empty value is let through.</summary>
    public bool AllowsEmpty { get; init; }

    /// <summary>What the chart itself says about it; null when only the catalogue knows the key.</summary>
    public string? Advice { get; init; }
}
