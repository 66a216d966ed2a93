using LangSmithPg.Charts;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Databases;
using LangSmithPg.Helm.Linting;
using LangSmithPg.Servers;

namespace LangSmithPg.Budgets;

/// <summary>A server as it was seen.</summary>
sealed record BudgetedServer(PgConnectionString Connection, ServerFacts Facts);

/// <summary>Counts the connections of a release.</summary>
static class ConnectionBudgets
{
    // PostgreSQL's own, which the images of the chart do not change.
    const int UsualMaximum = 100;
    const int UsualReserved = 3;

    // It gets the connection as every pod does, but is Microsoft's analyzer of texts, and has no use for it.
    const string Analyzer = "presidioAnalyzer";

    /// <summary>Counts.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="files">The values files, in the order of Helm's <c>-f</c>; none for the chart's own values.</param>
    /// <param name="moment">The moment.</param>
    /// <param name="seen">The servers that were looked at.</param>
    public static ConnectionBudget Count(LintChart chart, IReadOnlyList<ValuesFile> files, BudgetMoment moment, IReadOnlyList<BudgetedServer> seen)
    {
        ArgumentNullException.ThrowIfNull(chart);
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(seen);
        var input = new LintInput(files, new(files), chart);
        List<ReleaseDatabase> databases = [.. ReleaseDatabases.Find(chart, files).Where(one => one.Location is DatabaseLocation.External or DatabaseLocation.InCluster)];
        var places = Places(databases, seen);
        List<WorkloadBudget> workloads = [.. databases.SelectMany(database => Workloads(input, database, places[database], moment))];
        List<ServerBudget> servers = [.. databases.GroupBy(database => places[database]).Select(group => Server(input, group.Key, [.. group], workloads, seen))];
        return new()
        {
            ChartVersion = chart.Version,
            At = moment,
            Workloads = workloads,
            Servers = servers,
            Findings = [.. servers.SelectMany(server => BudgetEvaluator.Evaluate(server, workloads, databases, places, seen, moment))],
        };
    }

    // Where the values hide exactly what a connection shows: LangSmith's own database, or the only hidden one.
    static Dictionary<ReleaseDatabase, string> Places(List<ReleaseDatabase> databases, IReadOnlyList<BudgetedServer> seen)
    {
        var places = databases.ToDictionary(database => database, database => ServerName.Of(database) ?? ServerName.Hidden(database));
        var named = databases.Select(ServerName.Of).OfType<string>().ToHashSet(StringComparer.Ordinal);
        List<ReleaseDatabase> hidden = [.. databases.Where(database => ServerName.Of(database) is null)];
        List<string> rest = [.. seen.Select(one => ServerName.Of(one.Connection)).Where(names => !names.Any(named.Contains)).Select(names => names[0]).Distinct(StringComparer.Ordinal)];
        if (rest is [var server] && (hidden.Find(one => one.Purpose == DatabasePurpose.LangSmith) ?? (hidden is [var only] ? only : null)) is { } found)
        {
            places[found] = server;
        }

        return places;
    }

    static IEnumerable<WorkloadBudget> Workloads(LintInput input, ReleaseDatabase database, string server, BudgetMoment moment)
    {
        var (counts, pools) = (new PodCounts(input), new Pools(input));
        if (database.Purpose is DatabasePurpose.SmithDbMetastore or DatabasePurpose.SmithDbTaskDb)
        {
            return database.Pods.Select(pod => SmithDb(database, server, pod, moment, counts, pools)).OfType<WorkloadBudget>();
        }

        var users = input.Chart.Workloads.Where(one => one.HasConnection && input.Chart.IsOn(one, input.Values) is not false && one.Name != Analyzer && (database.Purpose == DatabasePurpose.LangSmith
            // The agents connect to their own databases.
            ? one.OwnDatabase is null
            : one.OwnDatabase == database.ValuesPath.Parent?.ToString()));
        return users.Where(one => one.Kind == WorkloadKind.Deployment || moment == BudgetMoment.Rollout).Select(one =>
        {
            var (pods, surge) = one.Kind == WorkloadKind.Deployment
                ? counts.OfDeployment(ValuesPath.Of(one.Name), one.PodValues, moment)
                : (new SourcedNumber(1, NumberSource.Chart, Key: null), 0);
            return Workload(one.Name, one.Kind, database, server, pods, surge, pools.Of(one, database.Purpose));
        });
    }

    static WorkloadBudget? SmithDb(ReleaseDatabase database, string server, string pod, BudgetMoment moment, PodCounts counts, Pools pools)
    {
        const string Prefix = "smithdb-";
        var name = new ValuesPath("smithdb", CamelCase(pod.StartsWith(Prefix, StringComparison.Ordinal) ? pod[Prefix.Length..] : pod));
        var pool = pools.OfSmithDb(database.Purpose, counts);
        switch (name.Keys[1])
        {
            case "migration":
                // It runs for days, beside all others.
                var parallelism = counts.Number(name.Child("job").Child("parallelism")) ?? new(1, NumberSource.Chart, Key: null);
                return Workload($"{name}", WorkloadKind.Job, database, server, parallelism, surge: 0, pool);
            case "metastoreMigration":
                return moment == BudgetMoment.Rollout
                    ? Workload($"{name}", WorkloadKind.Job, database, server, new(1, NumberSource.Chart, Key: null), surge: 0, pool with { Number = 1 })
                    : null;
            default:
                var (pods, surge) = counts.OfDeployment(name, name.Child("deployment"), moment);
                return Workload($"{name}", WorkloadKind.Deployment, database, server, pods, surge, pool);
        }
    }

    static WorkloadBudget Workload(string name, WorkloadKind kind, ReleaseDatabase database, string server, SourcedNumber pods, int surge, PoolSize pool) => new()
    {
        Workload = name,
        Kind = kind,
        Database = database.Purpose,
        Server = server,
        Pods = pods.Number,
        Surge = surge,
        PodsSource = pods.Source,
        PodsKey = pods.Key,
        Pool = pool.Number,
        PoolSource = pool.Source,
        PoolVariable = pool.Variable,
        PoolKey = pool.Key,
        HasVariables = pool.HasVariables,
    };

    static ServerBudget Server(LintInput input, string name, IReadOnlyList<ReleaseDatabase> databases, List<WorkloadBudget> workloads, IReadOnlyList<BudgetedServer> seen)
    {
        List<WorkloadBudget> own = [.. workloads.Where(one => one.Server == name)];
        var server = new ServerBudget
        {
            Server = name,
            Location = databases[0].Location,
            Databases = [.. databases.Select(one => one.Purpose)],
            Connections = own.Sum(one => one.Connections),
            Assumed = own.Where(one => one.IsAssumed).Sum(one => one.Connections),
        };
        List<BudgetedServer> here = [.. seen.Where(one => ServerName.Of(one.Connection).Contains(name))];
        if (here is [{ Facts.Connections: var counts }, ..])
        {
            // What the release's own roles have, the budget counts.
            var release = here.DistinctBy(one => one.Facts.Role.Name).Sum(one => one.Facts.Role.Connections);
            return server with { MaxConnections = counts.Maximum, Reserved = counts.Reserved, UsedByOthers = Math.Max(0, counts.InUse - release) };
        }

        return server.Location != DatabaseLocation.InCluster ? server
            : databases[0].Purpose == DatabasePurpose.SmithDbTaskDb && TaskDbMaximum(input) is { } maximum
                ? server with { MaxConnections = maximum, MaxConnectionsSource = NumberSource.Chart, Reserved = UsualReserved, UsedByOthers = 0 }
            : server with { MaxConnections = UsualMaximum, MaxConnectionsSource = NumberSource.Assumed, Reserved = UsualReserved, UsedByOthers = 0 };
    }

    // As the template of its StatefulSet has it.
    static int? TaskDbMaximum(LintInput input)
    {
        var counts = new PodCounts(input);
        var path = ValuesPath.Of("smithdb.migration.taskdb.postgres.maxConnectionsPerMigrationPod");
        return input.Chart.OwnValue($"{path}") is null || counts.Number(path) is not { } each || counts.Number(ValuesPath.Of("smithdb.migration.job.parallelism")) is not { } pods
            ? null
            : (pods.Number + 1) * each.Number;
    }

    static string CamelCase(string name) => string.Concat(name.Split('-').Select((word, index) => index == 0 || word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));
}
