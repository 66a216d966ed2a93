using LangSmithPg.Databases;

namespace LangSmithPg.Preflight;

/// <summary>A database that the chart installs in the cluster.</summary>
/// <param name="Pod">A pod that uses it, with variables that lead to it in parts.</param>
/// <param name="ServerName">Name of its StatefulSet and of its Service.</param>
/// <param name="Database">The database under the values.</param>
sealed record InstalledDatabase(PreflightPod Pod, string ServerName, ReleaseDatabase Database)
{
    /// <summary>The claim for its volume, which stays when the StatefulSet goes.</summary>
    public string ClaimName => $"data-{ServerName}-0";
}
