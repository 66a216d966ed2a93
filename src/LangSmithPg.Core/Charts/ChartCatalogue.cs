using LangSmithPg.Charts.Data;

namespace LangSmithPg.Charts;

/// <summary>What is known of the LangSmith chart, version by version.</summary>
static class ChartCatalogue
{
    static readonly Lazy<IReadOnlyList<ChartRelease>> Known = new(CatalogueReader.Read);

    /// <summary>The ranges of versions, in order.</summary>
    public static IReadOnlyList<ChartRelease> Releases => Known.Value;

    /// <summary>The versions that were looked at, in order.</summary>
    public static IEnumerable<ChartVersion> Versions => Releases.SelectMany(release => release.Versions);

    /// <summary>The newest version that was looked at, which may be a pre-release.</summary>
    public static ChartVersion Newest => Releases[^1].To;

    /// <summary>The newest version that was looked at and is no pre-release: what is meant where nobody names one.</summary>
    public static ChartVersion NewestStable => Versions.Last(version => !version.IsPrerelease);

    /// <summary>The oldest version that was looked at.</summary>
    public static ChartVersion Oldest => Releases[0].From;

    /// <summary>
    /// What holds for a version. One that was never published counts as what it lies between, a pre-release as the release it leads to,
    /// and one that <see cref="IsNewer"/> as the newest.
    /// </summary>
    /// <param name="version">The version.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is older than <see cref="Oldest"/>.</exception>
    public static ChartRelease For(ChartVersion version)
    {
        ArgumentNullException.ThrowIfNull(version);
        return Releases.LastOrDefault(release => release.From <= version.Release)
            ?? throw new ArgumentOutOfRangeException(
                nameof(version), $"Chart {version} is older than the oldest version that this module knows, {Oldest}.");
    }

    /// <summary>Whether a version came after the catalogue.</summary>
    /// <param name="version">The version.</param>
    public static bool IsNewer(ChartVersion version) => version > Newest;

    /// <summary>Whether a version was looked at. What holds for any other is a guess.</summary>
    /// <param name="version">The version.</param>
    public static bool IsKnown(ChartVersion version) => Versions.Contains(version);

    /// <summary>The known version that another one is taken for; itself when it is known.</summary>
    /// <param name="version">The version.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is older than <see cref="Oldest"/>.</exception>
    public static ChartVersion TakenFor(ChartVersion version) =>
        IsKnown(version) ? version : For(version).Versions.Last(known => known.Release <= version.Release);

    /// <summary>The first version that can do something.</summary>
    /// <param name="feature">What it can do.</param>
    public static ChartVersion FirstWith(ChartFeature feature) => Releases.First(release => release.Features.Contains(feature)).From;
}
