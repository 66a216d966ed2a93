namespace LangSmithPg.Yaml.Tests.Charts;

/// <summary>The pods of one workload. Values of the environment that lie in a Secret are shown as its name and key.</summary>
sealed record RenderedPod(
    string Name,
    string Kind,
    string Account,
    IReadOnlyDictionary<string, string> AccountAnnotations,
    IReadOnlyDictionary<string, string> Labels,
    string? FsGroup,
    IReadOnlyDictionary<string, string> Environment,
    IReadOnlyList<string> Mounts)
{
    public bool MountsClientCertificate => Mounts.Any(path => path.StartsWith("/etc/postgres/certs", StringComparison.Ordinal));

    /// <summary>The name, and nothing else: for messages of failed tests.</summary>
    public override string ToString() => $"{Kind} {Name}";
}
