using LangSmithPg.Databases;

namespace LangSmithPg.Preflight;

/// <summary>A database that the chart installs in the cluster.</summary>
/// <param name="Pod">A pod that uses it, with variables that lead to it in parts.</param>
/// <param name="ServerName">Name of its StatefulSet and of its Service.</param>
/// <param name="Database">The database under the values.</param>
sealed record InstalledDatabase(PreflightPod Pod, string ServerName, ReleaseDatabase Database)
{
    /// <summary>The claim for its volume, which stays when the StatefulSet goes unless the values say otherwise.</summary>
    public string ClaimName => $"data-{ServerName}-0";

    /// <summary>Whether its data is on a volume of its own, and not lost with its pod.</summary>
    public bool IsPersistent { get; init; } = true;

    /// <summary>Whether Kubernetes deletes the claim with the StatefulSet, and with it the data.</summary>
    public bool IsClaimDeleted { get; init; }

    /// <summary>The major version of its server, where the values name another image than the chart's; null otherwise.</summary>
    public int? MajorVersion { get; init; }
}
