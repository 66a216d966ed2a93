using LangSmithPg.Budgets;
using LangSmithPg.Charts;
using LangSmithPg.Helm.Linting;
using LangSmithPg.Yaml.Linting;
using LangSmithPg.Yaml.Tests.Charts;
using LangSmithPg.Yaml.Tests.Tools;
using YamlDotNet.RepresentationModel;
using static LangSmithPg.Yaml.Tests.Charts.NamedChart;

namespace LangSmithPg.Yaml.Tests.Budgets;

/// <summary>Budgets and variables, compared with what Helm renders of the chart that LANGSMITH_CHART names, a folder or an archive.</summary>
public sealed class BudgetChartTests
{
    [Theory]
    [InlineData("")]
    [InlineData(BudgetExamples.Large)]
    [InlineData(BudgetExamples.Large + BudgetExamples.SmithDb)]
    public Task Pods_are_as_Helm_renders_them(string values) => OnChartAsync(async (path, chart, read) =>
    {
        Assert.SkipWhen(values.Contains("smithdb", StringComparison.Ordinal) && chart.OtherDatabases.All(one => one.Path.Keys[0] != "smithdb"), "The chart has no SmithDB.");
        Assert.SkipWhen(values.Contains("polly", StringComparison.Ordinal) && chart.OtherDatabases.All(one => one.Path.Keys[0] != "polly"), "The chart has no Polly.");
        var objects = await RenderAsync(path, Merge(values));
        foreach (var moment in (BudgetMoment[])[BudgetMoment.Default, BudgetMoment.Maximum])
        {
            // The catalog and the chart's own files say the same.
            var budget = ConnectionBudgets.Count(chart, [ValuesFileReader.Read("values.yaml", Merge(values))], moment, []);
            var ofFiles = ConnectionBudgets.Count(read, [ValuesFileReader.Read("values.yaml", Merge(values))], moment, []);
            Assert.Equal(budget.Workloads.Select(one => $"{one} {one.PodsSource} {one.PoolSource}").Order(StringComparer.Ordinal), ofFiles.Workloads.Select(one => $"{one} {one.PodsSource} {one.PoolSource}").Order(StringComparer.Ordinal));

            var counted = budget.Workloads.Where(one => one.Kind == WorkloadKind.Deployment)
                .Select(one => $"{NameOf(one.Workload, chart)} {one.Pods}").Distinct().Order(StringComparer.Ordinal);
            Assert.Equal(Rendered(objects, isMaximum: moment == BudgetMoment.Maximum).Order(StringComparer.Ordinal), counted);
        }
    });

    [Fact]
    public Task Helm_refuses_what_the_lint_refuses_and_renders_what_it_does_not() => OnChartAsync(async (path, chart, read) =>
    {
        Assert.Equal(
            chart.Variables.Where(one => read.Workloads.Any(workload => workload.Template == one.Template)).Select(Shown).Order(StringComparer.Ordinal),
            read.Variables.Where(one => chart.Workloads.Any(workload => workload.Template == one.Template)).Select(Shown).Order(StringComparer.Ordinal));
        foreach (var (workload, name) in ((string, string)[])
            [
                ("queue", "ASYNCPG_POOL_MAX_SIZE"), ("queue", "REDIS_MAX_CONNECTIONS"), ("ingestQueue", "ASYNCPG_POOL_MAX_SIZE"), ("backend", "PORT"), ("backend", "LOG_LEVEL"),
                ("backend", "ASYNCPG_POOL_MAX_SIZE"), ("platformBackend", "ASYNCPG_POOL_MAX_SIZE"), ("platformBackend", "OAUTH_CLIENT_ID"), ("backend", "BASIC_AUTH_JWT_SECRET"),
            ])
        {
            var values = Merge($"{workload}:\n  deployment:\n    extraEnv:\n    - name: {name}\n      value: \"2\"\n");
            var isRefused = ValuesLint.Evaluate([ValuesFileReader.Read("values.yaml", values)], chart).Findings.Any(one => one is { Id: "Values.RepeatedVariable", Status: Common.FindingStatus.Fail });
            string? failure = null;
            try
            {
                await HelmAndKubectl.RenderAsync(path, values);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                failure = exception.Message;
            }

            Assert.True(isRefused == (failure is not null), $"{workload} {name}: refused: {isRefused}; Helm: {failure}");
            Assert.True(failure is null || failure.Contains("Duplicate keys detected", StringComparison.Ordinal), failure);
        }
    });

    static string Shown(ChartVariable one) => $"{one.Template} {one.Name} {one.When} {one.IsChecked}";

    static string Merge(string values) => YamlText.Write(ChartChecks.Required.ToDocument()) is var required && values.Contains("config:", StringComparison.Ordinal)
        // One map of each name.
        ? required.Replace("\npolly:\n", "\npolly:\n  apiServer: {autoscaling: {enabled: true}}\n  queue: {autoscaling: {enabled: true, maxReplicas: 7, keda: {enabled: true}}}\n", StringComparison.Ordinal)
            .Replace("config:\n", "config:\n  deployment: {enabled: true}\n  hostname: h.example.com\n", StringComparison.Ordinal)
            + string.Concat(values.Split('\n').Where(line => !line.StartsWith("config:", StringComparison.Ordinal) && !line.StartsWith("polly:", StringComparison.Ordinal)).Select(line => $"{line}\n"))
        : required + values;

    // A Deployment that connects, and the number of its pods: the replicas, or what its autoscaler says.
    static IEnumerable<string> Rendered(List<YamlMappingNode> objects, bool isMaximum)
    {
        var scaled = objects.Where(one => Text(one, "kind") is "HorizontalPodAutoscaler" or "ScaledObject").ToDictionary(
            one => Text(one, "spec", "scaleTargetRef", "name")!,
            one => Text(one, "spec", isMaximum ? "maxReplicas" : "minReplicas") ?? Text(one, "spec", isMaximum ? "maxReplicaCount" : "minReplicaCount"));
        foreach (var one in objects.Where(one => Text(one, "kind") == "Deployment"))
        {
            var name = Text(one, "metadata", "name")!;
            var containers = (YamlSequenceNode)Find(one, "spec", "template", "spec", "containers")!;
            var variables = containers.SelectMany(container => Find(container, "env") as YamlSequenceNode ?? []).Select(variable => Text(variable, "name")!).ToList();
            if (variables.Contains("POSTGRES_DATABASE_URI") || variables.Exists(variable => variable.Contains("__METASTORE__", StringComparison.Ordinal)))
            {
                yield return $"{name} {scaled.GetValueOrDefault(name) ?? Text(one, "spec", "replicas")}";
            }
        }
    }

    static string NameOf(string workload, LintChart chart) => $"langsmith-{chart.Workloads.FirstOrDefault(one => one.Name == workload)?.NameSuffix
        ?? string.Concat(workload.Select(letter => letter == '.' ? "-" : char.IsUpper(letter) ? $"-{char.ToLowerInvariant(letter)}" : $"{letter}"))}";
}
