using System.Globalization;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Databases;

namespace LangSmithPg.Budgets;

/// <summary>Names of servers, by which databases of one server are found.</summary>
static class ServerName
{
    /// <summary>The names of a connection's servers, one for each host.</summary>
    public static IReadOnlyList<string> Of(PgConnectionString connection) =>
        [.. connection.Hosts.Select(host => string.Create(CultureInfo.InvariantCulture, $"{host.Name.TrimEnd('.').ToLowerInvariant()}:{host.Port}"))];

    /// <summary>The name of a database's server; null where the values do not say which one it is.</summary>
    public static string? Of(ReleaseDatabase database) => database.Location == DatabaseLocation.InCluster
        ? InCluster(database.Purpose)
        : database.Connection is { } connection ? Of(connection)[0] : null;

    /// <summary>What is shown in place of a server that the values do not name.</summary>
    public static string Hidden(ReleaseDatabase database) => database.SecretName is { } secret ? VisibleText.Line($"unknown (Secret {secret})") : $"unknown ({database.Purpose})";

    // Names of StatefulSets, after the full name of the release.
    static string InCluster(DatabasePurpose purpose) => purpose switch
    {
        DatabasePurpose.LangSmith => "postgres (in cluster)",
        DatabasePurpose.SmithDbTaskDb => "smithdb-taskdb-postgres (in cluster)",
        _ => $"standalone-{purpose.ToString().ToLowerInvariant()}-postgres (in cluster)",
    };
}
