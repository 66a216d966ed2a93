using LangSmithPg.Helm;
using LangSmithPg.Yaml.Tests.Tools;
using YamlDotNet.RepresentationModel;

namespace LangSmithPg.Yaml.Tests.Charts;

/// <summary>What Helm makes of a chart: its pods, and the accounts that they run as.</summary>
sealed class RenderedChart
{
    RenderedChart(IReadOnlyList<RenderedPod> pods) => Pods = pods;

    public IReadOnlyList<RenderedPod> Pods { get; }

    public IEnumerable<RenderedPod> ConnectedPods => Pods.Where(pod => pod.Environment.ContainsKey("POSTGRES_DATABASE_URI"));

    public static async Task<RenderedChart> RenderAsync(string chart, HelmValues values) =>
        Read(await HelmAndKubectl.RenderAsync(chart, YamlText.Write(values.ToDocument())));

    /// <summary>The pods of manifests that are there as YAML.</summary>
    public static RenderedChart Read(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        List<YamlMappingNode> objects = [.. stream.Documents.Select(document => document.RootNode).OfType<YamlMappingNode>()];
        var accounts = objects.Where(one => Text(one, "kind") == "ServiceAccount")
            .ToDictionary(one => Text(one, "metadata", "name")!, one => Texts(one, "metadata", "annotations"));
        return new([.. objects.Where(one => Find(one, "spec", "template", "spec", "containers") is not null).Select(Pod)]);

        RenderedPod Pod(YamlMappingNode workload)
        {
            var account = Text(workload, "spec", "template", "spec", "serviceAccountName") ?? "default";
            List<YamlMappingNode> containers = [.. ((YamlSequenceNode)Find(workload, "spec", "template", "spec", "containers")!).Cast<YamlMappingNode>()];
            return new(
                Text(workload, "metadata", "name")!,
                Text(workload, "kind")!,
                account,
                accounts.GetValueOrDefault(account) ?? new Dictionary<string, string>(),
                Texts(workload, "spec", "template", "metadata", "labels"),
                Text(workload, "spec", "template", "spec", "securityContext", "fsGroup"),
                // Some charts name a variable twice; Kubernetes takes the last.
                Items(containers, "env").GroupBy(one => Text(one, "name")!).ToDictionary(group => group.Key, group => ValueOf(group.Last())),
                [.. Items(containers, "volumeMounts").Select(one => Text(one, "mountPath")!)]);
        }
    }

    static string ValueOf(YamlNode variable) => Text(variable, "value")
        ?? (Find(variable, "valueFrom", "secretKeyRef") is { } secret ? $"{Text(secret, "name")}/{Text(secret, "key")}" : "");

    static IEnumerable<YamlNode> Items(IEnumerable<YamlMappingNode> containers, string key) =>
        containers.Take(1).SelectMany(container => Find(container, key) as YamlSequenceNode ?? []);

    // Kubernetes takes texts only: a plain true or 1000 is none.
    static Dictionary<string, string> Texts(YamlNode node, params string[] path) => Find(node, path) is YamlMappingNode map
        ? map.ToDictionary(entry => ((YamlScalarNode)entry.Key).Value!, entry => ((YamlScalarNode)entry.Value) is
            { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: "true" or "false" } word ? $"!{word.Value}" : ((YamlScalarNode)entry.Value).Value!)
        : [];

    static string? Text(YamlNode node, params string[] path) => (Find(node, path) as YamlScalarNode)?.Value;

    static YamlNode? Find(YamlNode? node, params string[] path) => path.Aggregate(node, (parent, key) =>
        parent is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null);
}
