using LangSmithPg.Charts;
using LangSmithPg.Charts.Reading;

namespace LangSmithPg.Helm.Linting;

/// <summary>The chart that values are held against.</summary>
public sealed class LintChart
{
    readonly ChartVersion _keysOf;
    readonly Func<string, string?> _defaultOf;

    LintChart(ChartVersion? version, ChartRelease release, IReadOnlyList<ChartComponent> workloads, ChartKey keys, ChartVersion keysOf, Func<string, string?> defaultOf) =>
        (Version, Release, Workloads, Keys, _keysOf, _defaultOf) = (version, release, workloads, keys, keysOf, defaultOf);

    /// <summary>The version; null when a chart does not say.</summary>
    public ChartVersion? Version { get; }

    /// <summary>What holds for the version, as far as it is known.</summary>
    public ChartRelease Release { get; }

    /// <summary>The workloads that have to do with PostgreSQL.</summary>
    public IReadOnlyList<ChartComponent> Workloads { get; }

    internal ChartKey Keys { get; }

    /// <summary>The chart of a version, as the catalogue knows it.</summary>
    /// <param name="version">The version.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is older than the catalogue.</exception>
    public static LintChart Of(ChartVersion version)
    {
        var release = ChartCatalogue.For(version);
        // Of a version that is not there yet, what the newest has is the best guess.
        var keysOf = ChartCatalogue.IsNewer(version) ? ChartCatalogue.Newest : version;
        return new(version, release, release.Workloads, ChartKeys.Root, keysOf, path => ChartReading.Demanded.GetValueOrDefault(path) ?? (release.OffByDefault.Contains(path) ? "false" : "true"));
    }

    /// <summary>A chart that is there as files.</summary>
    /// <param name="version">Its version, or null when it does not say.</param>
    /// <param name="templates">Its templates by their paths; none when only the values are there.</param>
    /// <param name="values">Its values by their paths, with dots; a map has no text.</param>
    /// <exception cref="ArgumentOutOfRangeException">Its version is older than the catalogue.</exception>
    public static LintChart From(ChartVersion? version, IReadOnlyDictionary<string, string> templates, IReadOnlyDictionary<string, string?> values)
    {
        ArgumentNullException.ThrowIfNull(templates);
        ArgumentNullException.ThrowIfNull(values);
        var release = ChartCatalogue.For(version ?? ChartCatalogue.Newest);
        // Values alone do not say of a workload that nobody knows whether it reaches PostgreSQL.
        IReadOnlyList<ChartComponent> workloads =
            templates.Count > 0 ? ChartReading.FromTemplates(templates, values) : [.. ChartReading.FromValues(values).Where(one => one.IsKnown)];
        return new(
            version, release, workloads, ChartKeysReading.From(templates, values), ChartCatalogue.Newest,
            path => ChartReading.Demanded.GetValueOrDefault(path) ?? values.GetValueOrDefault(path));
    }

    /// <summary>Whether a workload is there under some values; null when that hangs on more than values.</summary>
    internal bool? IsOn(ChartComponent workload, EffectiveValues values) =>
        ValuesCondition.Parse(workload.EnabledWhen).Holds(path => ValueOf(path, values)) ?? workload.OnByDefault;

    /// <summary>Whether a flag is on under some values.</summary>
    internal bool IsTrue(string path, EffectiveValues values) => ValuesCondition.Parse(path).Holds(one => ValueOf(one, values)) is true;

    internal bool Has(ChartKey key) => key.IsIn(_keysOf);

    string? ValueOf(string path, EffectiveValues values) =>
        values.Find(ValuesPath.Of(path)) is { Value: var value } ? (value.IsTrue ? value.Text : "false") : _defaultOf(path);
}
