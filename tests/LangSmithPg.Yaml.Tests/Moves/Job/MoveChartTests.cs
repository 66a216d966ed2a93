using LangSmithPg.Helm.Linting;
using LangSmithPg.Moves.Job;
using LangSmithPg.Preflight;
using LangSmithPg.Yaml.Linting;
using LangSmithPg.Yaml.Tests.Charts;
using YamlDotNet.RepresentationModel;
using static LangSmithPg.Yaml.Tests.Charts.NamedChart;

namespace LangSmithPg.Yaml.Tests.Moves.Job;

/// <summary>What a move stops and copies, compared with what Helm renders of a chart.</summary>
public sealed class MoveChartTests
{
    const string Scaled = """
        backend: {autoscaling: {hpa: {enabled: true}}}
        queue: {rollout: {enabled: true}, autoscaling: {keda: {enabled: true, minReplicaCount: 2}}}
        platformBackend: {name: platform, deployment: {replicas: 20}}
        ingestQueue: {rollout: {enabled: true}}

        """;

    const string Agents = """
        fleet: {enabled: true, encryptionKey: "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=", namePrefix: crew, queue: {name: jobs, autoscaling: {enabled: true, keda: {enabled: true}}}, apiServer: {autoscaling: {keda: {enabled: true}}}}
        insights: {encryptionKey: "MTEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="}

        """;

    [Theory]
    [InlineData("")]
    [InlineData(Scaled)]
    [InlineData(Scaled + Agents)]
    [InlineData("fullnameOverride: a-very-long-name-of-a-release-that-has-to-be-cut\n")]
    public Task Workloads_and_servers_have_the_names_and_numbers_that_Helm_renders(string more) => OnChartAsync(async (path, chart, _) =>
    {
        Assert.SkipWhen(more.Contains("fleet", StringComparison.Ordinal) && chart.OtherDatabases.All(one => one.Path.Keys[0] != "fleet"), "The chart has no Fleet.");
        var required = YamlText.Write(ChartChecks.Required.ToDocument());
        var values = more.Contains("insights:", StringComparison.Ordinal) ? required.Replace("\ninsights:\n", "\ninsights-of-the-tests:\n", StringComparison.Ordinal) + more : required + more;
        var objects = await RenderAsync(path, values);
        List<ValuesFile> files = [ValuesFileReader.Read("values.yaml", values)];
        LintInput input = new(files, new(files), chart);
        var installed = PreflightPods.FindInstalled(files, chart, "langsmith", []);

        Assert.Equal(
            objects.Where(one => Text(one, "kind") is "Deployment" or "Rollout" && IsConnected(one)).Select(one => Rendered(one, objects)).Order(StringComparer.Ordinal),
            MoveWorkloads.Find(input, new(input, "langsmith"), [.. installed.Select(one => one.Database)])
                .Select(one => $"{one.Resource} {one.Replicas}{(one.IsScaledByKeda ? " KEDA" : "")}").Order(StringComparer.Ordinal));

        var servers = objects.Where(one => Text(one, "kind") == "StatefulSet" && Variables(one).Contains("POSTGRES_USER")).Select(one => Text(one, "metadata", "name")!);
        Assert.Equal(servers.Order(StringComparer.Ordinal), installed.Select(one => one.ServerName).Order(StringComparer.Ordinal));
    });

    static string Rendered(YamlMappingNode one, List<YamlMappingNode> objects)
    {
        var name = Text(one, "metadata", "name");
        var scaler = objects.Find(scaler => Text(scaler, "kind") is "HorizontalPodAutoscaler" or "ScaledObject" && Text(scaler, "spec", "scaleTargetRef", "name") == name);
        var replicas = scaler is null ? Text(one, "spec", "replicas") : Text(scaler, "spec", "minReplicas") ?? Text(scaler, "spec", "minReplicaCount");
        return $"{(Text(one, "kind") == "Rollout" ? "rollout.argoproj.io" : "deployment")}/{name} {replicas}{(scaler is not null && Text(scaler, "kind") == "ScaledObject" ? " KEDA" : "")}";
    }

    static bool IsConnected(YamlMappingNode one) => Variables(one).Any(variable => variable is "POSTGRES_DATABASE_URI" or "POSTGRES_URI");

    static List<string> Variables(YamlMappingNode one) =>
    [
        .. ((YamlSequenceNode)Find(one, "spec", "template", "spec", "containers")!).SelectMany(container => Find(container, "env") as YamlSequenceNode ?? []).Select(variable => Text(variable, "name")!),
    ];
}
