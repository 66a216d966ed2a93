using LangSmithPg.Readiness;

namespace LangSmithPg.Reports;

/// <summary>Who checked the databases of a report, and from where. What is null is not known.</summary>
/// <param name="UserName">The user of the operating system.</param>
/// <param name="MachineName">The machine.</param>
/// <param name="IsInsideCluster">Whether it is a pod of a cluster.</param>
/// <param name="ModuleVersion">The version of the module.</param>
sealed record CheckOrigin(string? UserName, string? MachineName, bool IsInsideCluster, string? ModuleVersion)
{
    // Kubernetes sets it in every pod.
    const string ClusterVariable = "KUBERNETES_SERVICE_HOST";

    /// <summary>This session.</summary>
    /// <param name="moduleVersion">The version of the module.</param>
    public static CheckOrigin ThisSession(string moduleVersion) => new(
        Environment.UserName, Environment.MachineName, Environment.GetEnvironmentVariable(ClusterVariable) is { Length: > 0 }, moduleVersion);

    /// <summary>
    /// Returns the origin that all reports share, or null: a report that comes from another session or a file does not tell its origin, and
    /// only what a session checked itself has the connection.
    /// </summary>
    /// <param name="databases">The reports.</param>
    /// <param name="session">The session that writes them.</param>
    public static CheckOrigin? Of(IReadOnlyCollection<ReadinessReport> databases, CheckOrigin session) => databases switch
    {
        { Count: 0 } => null,
        _ when databases.All(database => database.IsFromPreflight) => new(null, null, IsInsideCluster: true, null),
        _ when databases.All(database => database.Connection is not null) => session,
        _ => null,
    };

    /// <summary>The origin as a sentence.</summary>
    public override string ToString() =>
        $"Checked{By} from {(IsInsideCluster ? "inside" : "outside")} a cluster{(ModuleVersion is null ? "" : $", with LangSmithPg {ModuleVersion}")}";

    string By => (UserName, MachineName) switch
    {
        ({ Length: > 0 }, { Length: > 0 }) => $" by {UserName}@{MachineName},",
        ({ Length: > 0 }, _) => $" by {UserName},",
        (_, { Length: > 0 }) => $" on {MachineName},",
        _ => "",
    };
}
