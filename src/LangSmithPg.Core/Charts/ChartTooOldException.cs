namespace LangSmithPg.Charts;

/// <summary>A version of the chart cannot do what is asked for.</summary>
public sealed class ChartTooOldException : InvalidOperationException
{
    /// <summary>Says what it cannot do, and since when the chart can.</summary>
    /// <param name="version">The version; null where a chart does not say.</param>
    /// <param name="feature">What it cannot do.</param>
    /// <param name="what">The same in words, such as "IAM for PostgreSQL".</param>
    /// <param name="since">The version from which LangSmith documents it, where that is later than the first one that can; or null.</param>
    public ChartTooOldException(ChartVersion? version, ChartFeature feature, string what, ChartVersion? since = null)
        : base(since is null
            ? $"{Of(version)} does not support {what}: chart {ChartCatalogue.FirstWith(feature)} is the first that does, and earlier versions ignore these values."
            : $"{Of(version)} is too old for {what}: LangSmith documents it for chart {since} and later.") =>
        (Version, Feature, Since) = (version, feature, since ?? ChartCatalogue.FirstWith(feature));

    /// <summary>The version; null where a chart does not say.</summary>
    public ChartVersion? Version { get; }

    /// <summary>What it cannot do.</summary>
    public ChartFeature Feature { get; }

    /// <summary>The first version to use for it.</summary>
    public ChartVersion Since { get; }

    static string Of(ChartVersion? version) => version is null ? "The chart" : $"Chart {version}";
}
