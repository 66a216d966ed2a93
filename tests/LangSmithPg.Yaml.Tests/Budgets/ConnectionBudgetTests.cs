using System.Globalization;
using LangSmithPg.Budgets;
using LangSmithPg.Charts;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Helm.Linting;
using LangSmithPg.Yaml.Linting;

namespace LangSmithPg.Yaml.Tests.Budgets;

/// <summary>Connection budgets of values, by what the catalog says of charts. <see cref="BudgetChartTests"/> compares them with rendered charts.</summary>
public sealed class ConnectionBudgetTests
{
    [Theory]
    [InlineData("0.15.17", "", BudgetMoment.Default, BudgetExamples.DefaultPods, "insights")]
    [InlineData("0.16.11", "", BudgetMoment.Default, BudgetExamples.DefaultPods, "engineInsightsAgent")]
    [InlineData("0.15.17", "", BudgetMoment.Maximum, BudgetExamples.DefaultPods, "insights")]
    [InlineData("0.16.11", "", BudgetMoment.Maximum, BudgetExamples.DefaultPods, "engineInsightsAgent")]
    [InlineData("0.15.17", BudgetExamples.Large, BudgetMoment.Default, BudgetExamples.LargeAtDefault, "insights")]
    [InlineData("0.16.11", BudgetExamples.Large, BudgetMoment.Maximum, BudgetExamples.LargeAtMaximum, "engineInsightsAgent")]
    [InlineData("0.16.11", BudgetExamples.Large + BudgetExamples.SmithDb, BudgetMoment.Maximum, BudgetExamples.LargeAtMaximum + ", " + BudgetExamples.SmithDbAtMaximum, "engineInsightsAgent")]
    public void Pods_are_as_they_were_counted_by_hand(string version, string values, BudgetMoment moment, string expected, string insights) =>
        Assert.Equal(string.Format(CultureInfo.InvariantCulture, expected, insights), Pods(Count(version, values, moment)));

    [Fact]
    public void A_rollout_adds_a_surge_and_jobs()
    {
        var budget = Count("0.16.11", BudgetExamples.Large + BudgetExamples.SmithDb, BudgetMoment.Rollout);

        Assert.Equal(
            string.Format(CultureInfo.InvariantCulture, BudgetExamples.LargeAtRollout + ", " + BudgetExamples.SmithDbAtRollout, "engineInsightsAgent"),
            Pods(budget with { Workloads = [.. budget.Workloads.Where(one => !one.Workload.StartsWith("backend.", StringComparison.Ordinal))] }));
        Assert.Equal(
            ["backend.authBootstrap", "backend.backfillCheck", "backend.clickhouseMigrations", "backend.e2eTest", "backend.migrations"],
            budget.Workloads.Where(one => one is { Kind: WorkloadKind.Job, Database: DatabasePurpose.LangSmith }).Select(one => one.Workload).Order(StringComparer.Ordinal));
        Assert.Equal(2, budget.Workloads.Single(one => one.Workload == "backend").Surge);
    }

    [Fact]
    public void Every_number_has_its_source()
    {
        var budget = Count("0.16.11", """
            backend: {deployment: {replicas: 4, extraEnv: [{name: ASYNCPG_POOL_MAX_SIZE, value: "5"}]}}
            polly: {queue: {deployment: {replicaCount: 2, extraEnv: [{name: LANGGRAPH_POSTGRES_POOL_MAX_SIZE, value: "20"}, {name: A, value: b}]}}}

            """, BudgetMoment.Default);

        Assert.Equal("Values 4 backend.deployment.replicas, Values 5 backend.deployment.extraEnv", Sources("backend"));
        Assert.Equal("Chart 1 queue.deployment.replicas, Chart 3 ", Sources("queue"));
        Assert.Equal("Chart 3 platformBackend.deployment.replicas, Assumed 10 platformBackend.deployment.extraEnv", Sources("platformBackend"));
        Assert.Equal("Values 2 polly.queue.deployment.replicaCount, Values 20 polly.queue.deployment.extraEnv", Sources("polly.queue"));
        Assert.Equal("Chart 1 polly.apiServer.deployment.replicaCount, Documented 150 polly.apiServer.deployment.extraEnv", Sources("polly.apiServer"));

        string Sources(string workload) => budget.Workloads.Single(one => one.Workload == workload) is var found
            ? $"{found.PodsSource} {found.Pods} {found.PodsKey}, {found.PoolSource} {found.Pool} {found.PoolKey}"
            : "";
    }

    [Fact]
    public void A_pool_in_commonEnv_reaches_all_that_do_not_set_it()
    {
        var budget = Count("0.16.11", "commonEnv: [{name: LANGGRAPH_POSTGRES_POOL_MAX_SIZE, value: \"12\"}]", BudgetMoment.Default);
        Assert.Equal([12, 12, 12, 12], budget.Workloads.Where(one => one.Database is DatabasePurpose.Insights or DatabasePurpose.Polly).Select(one => one.Pool));
    }

    [Fact]
    public void Databases_of_one_server_are_added_up()
    {
        var budget = Count("0.16.11", """
            postgres: {external: {enabled: true, connectionUrl: "postgres://u:p@DB.example.com/langsmith"}}
            engineInsightsAgent: {postgres: {external: {enabled: true, host: db.example.com, user: u, password: p, database: insights}}}
            polly: {postgres: {external: {enabled: true, existingSecretName: polly-secret}}}

            """, BudgetMoment.Default);

        Assert.Equal(
            ["db.example.com:5432 LangSmith, Insights 362 50 Unknown", "unknown (Secret polly-secret) Polly 300 0 Unknown"],
            budget.Servers.Select(one => $"{one.Server} {string.Join(", ", one.Databases)} {one.Connections} {one.Assumed} {one.Status}"));
        Assert.All(budget.Findings, finding => Assert.Equal(("Budget.Server", FindingStatus.Unknown, "Specify the connection to this server with -Connection."), (finding.Id, finding.Status, finding.Fix!.Text)));
    }

    [Fact]
    public void The_task_database_of_SmithDB_has_as_many_as_its_migration_needs()
    {
        var budget = Count("0.16.11", BudgetExamples.SmithDb, BudgetMoment.Maximum);
        var server = budget.Servers.Single(one => one.Databases.Contains(DatabasePurpose.SmithDbTaskDb));
        Assert.Equal((30, 40, NumberSource.Chart, FindingStatus.Pass), (server.Connections, server.MaxConnections!.Value, server.MaxConnectionsSource!.Value, server.Status));
    }

    [Fact]
    public void What_the_fix_proposes_is_small_enough_and_renders()
    {
        var finding = Count("0.16.11", "", BudgetMoment.Default).Findings.Single(one => one.Target.Contains("polly", StringComparison.Ordinal));
        Assert.Equal(FindingStatus.Warning, finding.Status);
        var fix = finding.Fix!;
        Assert.Equal(RemedyKind.Values, fix.Kind);

        var values = string.Concat(fix.Text.Split('\n').Select(line => line.EndsWith(':') ? Nested(line) : $"      {line}\n"));
        var fixedBudget = Count("0.16.11", values.Replace("polly:\n  queue:", "  queue:", StringComparison.Ordinal), BudgetMoment.Default);
        var server = fixedBudget.Servers.Single(one => one.Databases.Contains(DatabasePurpose.Polly));
        Assert.Equal((96, FindingStatus.Pass), (server.Connections, server.Status));

        static string Nested(string path) => string.Concat(path.TrimEnd(':').Split('.').Select((key, depth) => $"{new string(' ', depth * 2)}{key}:\n"));
    }

    [Fact]
    public void A_fix_does_not_name_a_variable_that_the_chart_sets() =>
        Assert.All(Count("0.16.11", BudgetExamples.Large, BudgetMoment.Maximum).Findings, finding => Assert.DoesNotMatch("(?m)^(queue|listener|ingestQueue)[.]", finding.Fix?.Text ?? ""));

    static ConnectionBudget Count(string version, string values, BudgetMoment moment) =>
        ConnectionBudgets.Count(LintChart.Of(new(version)), values.Length == 0 ? [] : [ValuesFileReader.Read("values.yaml", values)], moment, []);

    static string Pods(ConnectionBudget budget) => string.Join(", ", budget.Workloads.Select(one => $"{one.Workload} {one.Pods}"));
}
