using LangSmithPg.Charts;
using LangSmithPg.Charts.Reading;
using LangSmithPg.Common;

namespace LangSmithPg.Helm.Linting;

/// <summary>The chart that values are validated against or written for.</summary>
sealed class LintChart
{
    readonly ChartVersion? _keysOf;
    readonly Func<string, string?> _defaultOf;
    readonly Func<string, string?> _ownValueOf;

    LintChart(ChartVersion? version, ChartRelease release, ChartKey keys, ChartVersion? keysOf, Func<string, string?> ownValueOf, Func<string, string?> defaultOf)
    {
        (Version, Release, Keys, _keysOf, _ownValueOf, _defaultOf) = (version, release, keys, keysOf, ownValueOf, defaultOf);
        (Workloads, OtherDatabases, Features, Refusals, Flags) = (release.Workloads, release.OtherDatabases, release.Features, release.Refusals, release.Flags);
    }

    /// <summary>The version; null when a chart does not say.</summary>
    public ChartVersion? Version { get; }

    /// <summary>What holds for the version, as far as it is known.</summary>
    public ChartRelease Release { get; }

    /// <summary>The known version that an unknown one is taken for; null where the version is known, or the chart itself was read.</summary>
    public ChartVersion? TakenFor { get; private init; }

    /// <summary>Folder or file of the chart that was read; null if the version is in the catalog.</summary>
    public string? Path { get; private init; }

    /// <summary>The workloads that have to do with PostgreSQL.</summary>
    public IReadOnlyList<ChartComponent> Workloads { get; private init; }

    /// <summary>The workloads whose pods get the connection.</summary>
    public IReadOnlyList<ChartComponent> Components => Workloads.Where(one => one.HasConnection).ToArray();

    /// <summary>The workloads whose pods mount the client certificate.</summary>
    public IReadOnlyList<ChartComponent> CertificateReaders => Workloads.Where(one => one.MountsClientCertificate).ToArray();

    /// <summary>Databases beside LangSmith's own.</summary>
    public IReadOnlyList<ChartDatabase> OtherDatabases { get; private init; }

    /// <summary>What the chart can do.</summary>
    public IReadOnlySet<ChartFeature> Features { get; private init; }

    /// <summary>Keys with which Helm fails.</summary>
    public IReadOnlyList<ChartRefusal> Refusals { get; private init; }

    /// <summary>Values that have to be flags without quotes.</summary>
    public IReadOnlyList<ValuesPath> Flags { get; private init; }

    /// <summary>The environment variables that the workloads' templates set themselves.</summary>
    public IReadOnlyList<ChartVariable> Variables { get; private init; } = [];

    /// <summary>The chart's own value of what this module reads; null where it has none, or it is not known.</summary>
    /// <param name="path">Its path, with dots.</param>
    internal string? OwnValue(string path) => _ownValueOf(path);

    internal ChartKey Keys { get; }

    /// <summary>The chart as a sentence names it, such as "chart 0.16.11".</summary>
    internal string Name => TakenFor is { } known ? $"chart {known} (used for {Version})" : Version is { } version ? $"chart {version}" : "the chart";

    /// <summary>The chart of a version, as in the catalog.</summary>
    /// <param name="version">The version.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is older than the catalog.</exception>
    public static LintChart Of(ChartVersion version)
    {
        var release = ChartCatalogue.For(version);
        var known = ChartCatalogue.TakenFor(version);
        return new(
            version, release, ChartKeys.Root, known, path => ChartDefaults.Find(path, known),
            path => ChartReading.Demanded.GetValueOrDefault(path) ?? ChartDefaults.Find(path, known) ?? (release.OffByDefault.Contains(path) ? "false" : "true"))
        {
            Variables = ChartDefaults.Variables(known),
            TakenFor = known == version ? null : known,
        };
    }

    /// <summary>A chart that is there as files.</summary>
    /// <param name="version">Its version, or null when it does not say.</param>
    /// <param name="templates">Its templates by their paths; none when only the values are there.</param>
    /// <param name="values">Its values by their paths, with dots; a map has no text.</param>
    /// <param name="path">Where it was read from.</param>
    /// <exception cref="ArgumentOutOfRangeException">Its version is older than the catalog.</exception>
    public static LintChart From(
        ChartVersion? version, IReadOnlyDictionary<string, string> templates, IReadOnlyDictionary<string, string?> values, string? path = null)
    {
        ArgumentNullException.ThrowIfNull(templates);
        ArgumentNullException.ThrowIfNull(values);
        var release = ChartCatalogue.For(version ?? ChartCatalogue.Newest);
        var keys = ChartKeysReading.From(templates, values);
        var checks = new ChartValidation(templates);
        IReadOnlyList<ChartComponent> workloads = templates.Count > 0 ? ChartReading.FromTemplates(templates, values) : [.. ChartReading.FromValues(values).Where(one => one.IsKnown)];
        return new(version, release, keys, keysOf: null, values.GetValueOrDefault, one => ChartReading.Demanded.GetValueOrDefault(one) ?? values.GetValueOrDefault(one))
        {
            Path = path,
            // Values alone do not show whether an unknown workload connects to PostgreSQL.
            Workloads = workloads,
            Variables = templates.Count > 0 ? TemplateVariables.Read(templates, workloads.Select(one => one.Template).OfType<string>()) : ChartDefaults.Variables(version ?? ChartCatalogue.Newest),
            OtherDatabases = ChartReading.Databases(values, release),
            Features = ChartReading.Features(keys, release),
            // Values alone do not show what the templates check.
            Refusals = templates.Count > 0 ? checks.Refusals : release.Refusals,
            Flags = templates.Count > 0 ? checks.Flags : release.Flags,
        };
    }

    /// <summary>Whether a workload is there under some values; null when that hangs on more than values.</summary>
    /// <param name="workload">The workload.</param>
    /// <param name="values">The values.</param>
    public bool? IsOn(ChartComponent workload, EffectiveValues values)
    {
        ArgumentNullException.ThrowIfNull(workload);
        return Holds(workload.Condition, values) ?? workload.OnByDefault;
    }

    /// <summary>Whether a key is one of the chart's, or is below a map that accepts any key.</summary>
    internal bool Has(ValuesPath path)
    {
        var key = Keys;
        foreach (var name in path.Keys)
        {
            if (key.Find(name) is not { } below || !Has(below))
            {
                return key.IsOpen;
            }

            key = below;
        }

        return true;
    }

    /// <summary>Whether a condition holds under some values; null when that hangs on more than values.</summary>
    internal bool? Holds(Condition condition, EffectiveValues values) => condition.Holds(path => ValueOf(path, values));

    /// <summary>Whether a flag is on under some values.</summary>
    internal bool IsTrue(string path, EffectiveValues values) => Holds(Condition.Path(path), values) is true;

    /// <summary>Whether there is an account of the chart's own making for a workload under some values.</summary>
    internal static bool Makes(ChartServiceAccount account, EffectiveValues values) =>
        account.Create is not { } create ? account.CreatedByDefault : values.Find(create)?.Value.IsTrue ?? account.CreatedByDefault;

    internal bool Has(ChartKey key) => _keysOf is null || key.IsIn(_keysOf);

    string? ValueOf(string path, EffectiveValues values) =>
        values.Find(ValuesPath.Of(path)) is { Value: var value } ? (value.IsTrue ? value.Text : "false") : _defaultOf(path);
}
