using LangSmithPg.Charts.Data;

namespace LangSmithPg.Charts;

/// <summary>What the chart's own values say, version by version, as far as this module reads it; and the variables that its templates set.</summary>
static class ChartDefaults
{
    static readonly Lazy<IReadOnlyDictionary<string, IReadOnlyList<(ChartVersion From, string? Value)>>> Known = new(ChartDefaultsReader.Read);

    static readonly Lazy<IReadOnlyList<(IReadOnlyList<ChartVersion> Turns, ChartVariable Variable)>> All = new(ChartVariablesReader.Read);

    /// <summary>The chart's own value; null where it has none, or it is not known.</summary>
    /// <param name="path">Its path, with dots.</param>
    /// <param name="version">The version. A pre-release counts as the release that it leads to.</param>
    public static string? Find(string path, ChartVersion version)
    {
        ArgumentNullException.ThrowIfNull(version);
        return Known.Value.TryGetValue(path, out var turns) ? turns.LastOrDefault(turn => turn.From <= version.Release).Value : null;
    }

    /// <summary>The variables that the templates of a version set.</summary>
    /// <param name="version">The version. A pre-release counts as the release that it leads to.</param>
    public static IReadOnlyList<ChartVariable> Variables(ChartVersion version)
    {
        ArgumentNullException.ThrowIfNull(version);
        return [.. All.Value.Where(one => one.Turns.Count(turn => turn <= version.Release) % 2 == 1).Select(one => one.Variable)];
    }
}
