using LangSmithPg.Connections;
using LangSmithPg.Databases;
using LangSmithPg.Findings;

namespace LangSmithPg.Releases;

/// <summary>A database of a release after its Secret was looked up.</summary>
/// <param name="Database">The database.</param>
/// <param name="Connection">The connection as its pods get it; null where it is not known.</param>
/// <param name="Findings">What was found on the way, and what values and Secret say that do not fit together.</param>
sealed record ResolvedDatabase(ReleaseDatabase Database, PgConnectionString? Connection, IReadOnlyList<Finding> Findings)
{
    /// <summary>Where it leads, as far as it is known.</summary>
    public string Target => TargetOf(Database, Connection);

    /// <summary>The same of a database before it was looked up.</summary>
    /// <param name="database">The database.</param>
    /// <param name="connection">Its connection, or null.</param>
    public static string TargetOf(ReleaseDatabase database, PgConnectionString? connection) =>
        connection?.Target ?? (database.SecretName is { } secret ? $"Secret {secret}" : database.ValuesPath.ToString());
}
