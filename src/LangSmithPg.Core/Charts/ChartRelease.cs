using LangSmithPg.Common;

namespace LangSmithPg.Charts;

/// <summary>What holds for a range of versions of the chart.</summary>
sealed record ChartRelease
{
    /// <summary>The first version of the range.</summary>
    public required ChartVersion From { get; init; }

    /// <summary>The last known version of the range.</summary>
    public required ChartVersion To { get; init; }

    /// <summary>The versions that were looked at, in order.</summary>
    public required IReadOnlyList<ChartVersion> Versions { get; init; }

    /// <summary>What these versions can do.</summary>
    public required IReadOnlySet<ChartFeature> Features { get; init; }

    /// <summary>All workloads that have to do with PostgreSQL.</summary>
    public required IReadOnlyList<ChartComponent> Workloads { get; init; }

    /// <summary>Databases beside LangSmith's own.</summary>
    public required IReadOnlyList<ChartDatabase> OtherDatabases { get; init; }

    /// <summary>Pods of these databases.</summary>
    public required IReadOnlyList<ChartPod> OtherPostgresPods { get; init; }

    /// <summary>Pods that get no connection, by their names after the full name of the release.</summary>
    public required IReadOnlyList<string> PodsWithoutConnection { get; init; }

    /// <summary>Of the switches that components depend on, those that are off unless the values say otherwise.</summary>
    public required IReadOnlyList<string> OffByDefault { get; init; }

    /// <summary>Values without which Helm renders nothing: a path, or a path and what it has to be.</summary>
    public required IReadOnlyList<string> RequiredToRender { get; init; }

    /// <summary>Values with which Helm fails, through no fault of theirs.</summary>
    public required IReadOnlyList<string> BrokenOptions { get; init; }

    /// <summary>Keys with which Helm fails, because the chart checks that they are not there.</summary>
    public required IReadOnlyList<ChartRefusal> Refusals { get; init; }

    /// <summary>Values that have to be <c>true</c> or <c>false</c> without quotes, or Helm fails.</summary>
    public required IReadOnlyList<ValuesPath> Flags { get; init; }

    /// <summary>The workloads whose pods get the connection.</summary>
    public IEnumerable<ChartComponent> Components => Workloads.Where(workload => workload.HasConnection);

    /// <summary>The workloads whose pods mount the client certificate, with or without the connection.</summary>
    public IEnumerable<ChartComponent> CertificateReaders => Workloads.Where(workload => workload.MountsClientCertificate);

    /// <inheritdoc/>
    public override string ToString() => From == To ? $"{From}" : $"{From} to {To}";
}

/// <summary>A pod of the chart that has to do with a PostgreSQL other than LangSmith's.</summary>
/// <param name="NameSuffix">Its name after the full name of the release.</param>
/// <param name="Variables">The variables that show it; <c>*</c> stands for several.</param>
sealed record ChartPod(string NameSuffix, IReadOnlyList<string> Variables);

/// <summary>A database of the chart beside LangSmith's own, which stays in the cluster unless its values say otherwise.</summary>
/// <param name="Path">Its values, such as <c>polly.postgres.external</c>.</param>
/// <param name="Variable">The variable that leads its pods to it; <c>*</c> stands for parts that differ.</param>
/// <param name="OnByDefault">Whether it is there unless the values say otherwise.</param>
/// <param name="IamKey">The key that turns IAM on for it; null when it takes passwords only.</param>
/// <param name="EnabledWhen">The values that it depends on; null when it comes with the pods that use it.</param>
sealed record ChartDatabase(ValuesPath Path, string Variable, bool OnByDefault, string? IamKey, Condition? EnabledWhen = null);
