using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Databases;

namespace LangSmithPg.Budgets;

/// <summary>The connections of a release to one server, and those that the server has for them.</summary>
public sealed record ServerBudget
{
    /// <summary>The server: host and port, or the StatefulSet of the chart. Where a Secret hides it, a text that says so.</summary>
    public required string Server { get; init; }

    /// <summary>Where it is.</summary>
    public required DatabaseLocation Location { get; init; }

    /// <summary>The databases of the release on this server.</summary>
    public required IReadOnlyList<DatabasePurpose> Databases { get; init => field = value.ToArray(); }

    /// <summary>The connections of all workloads, with full pools.</summary>
    public required int Connections { get; init; }

    /// <summary>How many of these rest on an assumption of this module.</summary>
    public required int Assumed { get; init; }

    /// <summary>The server's <c>max_connections</c>; null if it is not known.</summary>
    public int? MaxConnections { get; init; }

    /// <summary>Where <see cref="MaxConnections"/> comes from; null for the server itself, and where it is not known.</summary>
    public NumberSource? MaxConnectionsSource { get; init; }

    /// <summary>The connections that ordinary roles never get; null if it is not known.</summary>
    public int? Reserved { get; init; }

    /// <summary>The connections that other roles have at present; null if it is not known.</summary>
    public int? UsedByOthers { get; init; }

    /// <summary>The connections that the release can have; null if it is not known.</summary>
    public int? Available => MaxConnections is { } maximum ? Math.Max(0, maximum - (Reserved ?? 0) - (UsedByOthers ?? 0)) : null;

    /// <summary>Whether the server has enough; <c>Unknown</c> also where it has not if the assumed pools are twice as large.</summary>
    public FindingStatus Status => Available is not { } available ? FindingStatus.Unknown
        // An assumption alone is no reason for a failure.
        : Connections > available ? (Connections - Assumed > available && MaxConnectionsSource != NumberSource.Assumed ? FindingStatus.Fail : FindingStatus.Warning)
        : Connections + Assumed > available ? FindingStatus.Unknown
        : FindingStatus.Pass;

    /// <inheritdoc/>
    public override string ToString() => $"{Server}: {Connections} of {(Available is { } available ? $"{available}" : "unknown")}";
}
