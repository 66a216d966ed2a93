using System.Globalization;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Databases;
using LangSmithPg.Findings;
using LangSmithPg.Sql;

namespace LangSmithPg.Budgets;

/// <summary>Evaluates whether servers, databases and roles have enough connections for a release.</summary>
static class BudgetEvaluator
{
    // A pool of one serves one request at a time.
    const int SmallestPool = 2;

    static readonly Uri Source = new("https://docs.langchain.com/langsmith/env-var#langgraph_postgres_pool_max_size");

    /// <summary>Evaluates a server.</summary>
    public static IEnumerable<Finding> Evaluate(
        ServerBudget server, IReadOnlyList<WorkloadBudget> workloads, IReadOnlyList<ReleaseDatabase> databases, IReadOnlyDictionary<ReleaseDatabase, string> places,
        IReadOnlyList<BudgetedServer> seen, BudgetMoment moment)
    {
        List<WorkloadBudget> own = [.. workloads.Where(one => one.Server == server.Server)];
        yield return Room(server, own, moment);
        foreach (var here in seen.Where(one => ServerName.Of(one.Connection).Contains(server.Server)))
        {
            // The database of this connection; a hidden one has no other.
            List<DatabasePurpose> reached =
            [
                .. databases.Where(one => places[one] == server.Server && (one.Connection is null || one.Connection.Database == here.Facts.Database.Name)).Select(one => one.Purpose),
            ];
            var needed = own.Where(one => reached.Contains(one.Database)).ToList();
            if (needed.Count == 0)
            {
                continue;
            }

            var (database, role) = (here.Facts.Database, here.Facts.Role);
            yield return Limit(server, "Budget.Database", database.ConnectionLimit, needed, $"database {database.Name}",
                limit => Remedy.Sql($"ALTER DATABASE {SqlIdentifier.Quote(database.Name)} CONNECTION LIMIT {limit};"));
            yield return Limit(server, "Budget.Role", role.ConnectionLimit, needed, $"role {role.Name}",
                limit => Remedy.Sql($"ALTER ROLE {SqlIdentifier.Quote(role.Name)} CONNECTION LIMIT {limit};"));
        }
    }

    static Finding Room(ServerBudget server, List<WorkloadBudget> own, BudgetMoment moment)
    {
        var assumed = server.Assumed > 0 ? $", of which {server.Assumed} are assumed" : "";
        return Of(server, "Budget.Server", server.Status, server.Available is { } available
            ? $"The release may open {server.Connections} connections{assumed}, and the server has {available} for it."
            : $"The release may open {server.Connections} connections{assumed}; how many the server has for it is not known.") with
        {
            Evidence = Evidence(server, moment),
            Why = "When all connections are in use, PostgreSQL refuses further ones (\"too many connections\"), and requests to LangSmith fail.",
            Fix = server.Available is not { } room ? "Specify the connection to this server with -Connection."
                : server.Status == FindingStatus.Pass ? null
                : server.Status == FindingStatus.Unknown ? Fixed(own)
                : Smaller(server, own, room),
        };
    }

    static string Evidence(ServerBudget server, BudgetMoment moment)
    {
        var known = server.MaxConnections is { } maximum
            ? string.Create(CultureInfo.InvariantCulture, $"max_connections {maximum}{(server.MaxConnectionsSource == NumberSource.Assumed ? " (assumed)" : "")}, {server.Reserved} reserved, {server.UsedByOthers} used by other roles; ")
            : "";
        return string.Create(CultureInfo.InvariantCulture, $"{known}at {moment}: {server.Connections - server.Assumed} by numbers of the chart, values or documentation, {server.Assumed} assumed");
    }

    static Finding Limit(ServerBudget server, string id, int limit, List<WorkloadBudget> needed, string what, Func<int, Remedy> fix)
    {
        var all = needed.Sum(one => one.Connections);
        var certain = needed.Where(one => !one.IsAssumed).Sum(one => one.Connections);
        return limit < 0
            ? Of(server, id, FindingStatus.Pass, $"There is no connection limit for {what}.")
            : Of(server, id, all <= limit ? FindingStatus.Pass : certain <= limit ? FindingStatus.Warning : FindingStatus.Fail,
                $"The release may open {all} connections, and the limit of {what} is {limit}.") with
            {
                Why = "PostgreSQL refuses connections above the limit.",
                Fix = all <= limit ? null : fix(all),
            };
    }

    // Smaller pools where the chart lets values set them, and they stay large enough to work; otherwise a larger server.
    static Remedy? Smaller(ServerBudget server, List<WorkloadBudget> own, int room)
    {
        List<WorkloadBudget> settable = [.. own.Where(one => one is { PoolKey: not null, Pods: > 0 })];
        var movable = settable.Sum(one => one.Connections);
        var target = room - (server.Connections - movable);
        // The same share of each, rounded down.
        var sizes = settable.Select(one => (Workload: one, Size: movable == 0 ? 0 : (int)Math.Min(one.Pool, (long)one.Pool * Math.Max(0, target) / movable))).ToList();
        return sizes.Count > 0 && sizes.TrueForAll(one => one.Size >= SmallestPool)
            ? Lines(sizes)
            : server.Location == DatabaseLocation.InCluster
                ? "Use a server of your own for this database: the chart has no value for max_connections."
                : string.Create(CultureInfo.InvariantCulture, $"Increase max_connections to at least {server.Connections + server.Reserved + server.UsedByOthers}, which requires a restart of the server (in a cloud, use a larger instance), or start fewer pods.");
    }

    // What is set is known.
    static Remedy Fixed(List<WorkloadBudget> own) => own.Where(one => one is { IsAssumed: true, PoolKey: not null }).Select(one => (one, one.Pool)).ToList() is { Count: > 0 } open
        ? Lines(open)
        : "Specify a server with more connections: the chart has no value for these pools.";

    static Remedy Lines(IEnumerable<(WorkloadBudget Workload, int Size)> sizes) => Remedy.Values(string.Join('\n', sizes.GroupBy(one => (one.Workload.PoolKey, one.Workload.PoolVariable)).Select(group => group.MinBy(one => one.Size)).Select(one => string.Create(
        CultureInfo.InvariantCulture,
        $"{one.Workload.PoolKey}:{(one.Workload.HasVariables ? " # beside the entries that it has" : "")}\n- name: {one.Workload.PoolVariable}\n  value: \"{one.Size}\""))));

    static Finding Of(ServerBudget server, string id, FindingStatus status, string message) =>
        new() { Id = id, Status = status, Target = server.Server, Message = message, Source = Source };
}
