using System.Diagnostics.CodeAnalysis;
using LangSmithPg.Documents;

namespace LangSmithPg.Preflight;

/// <summary>What the manifests of all jobs are made of.</summary>
static class JobParts
{
    const string CertificateFolder = "/etc/postgres/certs";
    const string AuthoritiesFile = "ca-certificates.crt";

    /// <summary>The path of the CA certificates that the values name, as in the chart's own pods.</summary>
    public const string AuthoritiesPath = "/etc/ssl/certs/custom-ca-certificates.crt";

    /// <summary>The path of the client certificate.</summary>
    public const string ClientCertificatePath = $"{CertificateFolder}/client.crt";

    /// <summary>The path of its private key.</summary>
    public const string ClientKeyPath = $"{CertificateFolder}/client.key";

    /// <summary>How long a job that is finished stays, in seconds.</summary>
    public const int SecondsToLive = 24 * 60 * 60;

    /// <summary>A name of a component of its own, so that neither a Service nor a disruption budget takes the pod for one of theirs.</summary>
    public static string ComponentName(string name, string suffix)
    {
        const int MostCharacters = 63;
        return name[..Math.Min(name.Length, MostCharacters - suffix.Length)].TrimEnd('-') + suffix;
    }

    /// <summary>The Secrets for registries: those of the values, and more.</summary>
    public static DocumentList? PullSecrets(PreflightPod pod, IEnumerable<string> more)
    {
        DocumentNode[] all = [.. (pod.ImagePullSecrets as DocumentList)?.Items ?? [], .. more.Select(name => DocumentMap.Of(("name", Text(name))))];
        return all.Length == 0 ? null : new(all);
    }

    /// <summary>The security context of the pod: that of the values, and what Kubernetes' restricted profile asks for.</summary>
    public static DocumentMap PodSecurity(PreflightPod pod, long runAsUser) => (pod.SecurityContext ?? new([])).Or(DocumentMap.Of(
        ("runAsNonRoot", new DocumentFlag(true)),
        ("runAsUser", Number(runAsUser)),
        ("seccompProfile", DocumentMap.Of(("type", Text("RuntimeDefault"))))));

    /// <summary>The security context of a container.</summary>
    public static DocumentMap ContainerSecurity() => DocumentMap.Of(
        ("allowPrivilegeEscalation", new DocumentFlag(false)),
        ("readOnlyRootFilesystem", new DocumentFlag(true)),
        ("capabilities", DocumentMap.Of(("drop", Texts("ALL")))));

    /// <summary>Never ready: no Service sends the pod anything, whatever labels it is given.</summary>
    public static DocumentMap NeverReady() => DocumentMap.Of(("exec", DocumentMap.Of(("command", Texts("false")))), ("initialDelaySeconds", Number(SecondsToLive)));

    /// <summary>What a container asks for, and its limits.</summary>
    public static DocumentMap Resources(string cpu, string memory, string mostCpu, string mostMemory) => DocumentMap.Of(
        ("requests", DocumentMap.Of(("cpu", Text(cpu)), ("memory", Text(memory)))),
        ("limits", DocumentMap.Of(("cpu", Text(mostCpu)), ("memory", Text(mostMemory)))));

    /// <summary>What PowerShell needs where nothing but /tmp can be written.</summary>
    public static IEnumerable<DocumentNode> PowerShellVariables() =>
    [
        Variable("HOME", "/tmp"), Variable("POWERSHELL_TELEMETRY_OPTOUT", "1"), Variable("POWERSHELL_UPDATECHECK", "Off"), Variable("DOTNET_EnableDiagnostics", "0"),
    ];

    /// <summary>A variable. That of a Secret is optional, as mounts are: a pod that does not start could not say what is missing.</summary>
    public static DocumentMap Variable(PodVariable variable) => variable.Secret is { } secret
        ? DocumentMap.Of(("name", Text(variable.Name)), ("valueFrom", DocumentMap.Of(("secretKeyRef", DocumentMap.Of(
            ("name", Text(secret.Name)), ("key", Text(secret.Key)), ("optional", new DocumentFlag(true)))))))
        : Variable(variable.Name, variable.Value!);

    /// <summary>A text, and no reference to another variable, such as the password.</summary>
    public static DocumentMap Variable(string name, string value) =>
        DocumentMap.Of(("name", Text(name)), ("value", Text(value.Replace("$(", "$$(", StringComparison.Ordinal))));

    /// <summary>The certificates of a pod, where the chart mounts them.</summary>
    public static IEnumerable<DocumentNode> CertificateMounts(PreflightPod pod)
    {
        if (pod.Authorities is not null)
        {
            yield return Mount("langsmith-custom-ca", AuthoritiesPath, AuthoritiesFile);
        }

        if (pod.ClientCertificate is not null)
        {
            yield return Mount("postgres-client-cert", CertificateFolder);
        }
    }

    /// <summary>The volumes of these mounts. Of all pods that have them, they are the same.</summary>
    public static IEnumerable<DocumentNode> CertificateVolumes(IReadOnlyList<PreflightPod> pods)
    {
        if (pods.Select(pod => pod.Authorities).FirstOrDefault(one => one is not null) is { } authorities)
        {
            yield return SecretVolume("langsmith-custom-ca", authorities.Name, Item(authorities.Key, AuthoritiesFile));
        }

        if (pods.FirstOrDefault(pod => pod is { ClientCertificate: not null, ClientKey: not null }) is { ClientCertificate: { } certificate, ClientKey: { } key })
        {
            yield return SecretVolume("postgres-client-cert", certificate.Name, Item(certificate.Key, "client.crt", 0b110_100_100), Item(key.Key, "client.key", 0b110_100_000));
        }
    }

    /// <summary>One volume of several ConfigMaps.</summary>
    public static DocumentMap Projected(string name, IEnumerable<string> configMaps) => DocumentMap.Of(
        ("name", Text(name)),
        ("projected", DocumentMap.Of(("sources", new DocumentList([.. configMaps.Select(one => DocumentMap.Of(("configMap", DocumentMap.Of(("name", Text(one))))))])))));

    /// <summary>A ConfigMap.</summary>
    public static DocumentMap ConfigMap(DocumentMap metadata, string kind, IEnumerable<(string File, string Content)> files) => DocumentMap.Of(
        ("apiVersion", Text("v1")), ("kind", Text("ConfigMap")), ("metadata", metadata),
        (kind, DocumentMap.Of(files.Select(file => (file.File, (DocumentNode?)Text(file.Content))))));

    /// <summary>A mount that is only read.</summary>
    public static DocumentMap Mount(string name, string path, string? file = null) =>
        DocumentMap.Of(("name", Text(name)), ("mountPath", Text(path)), ("subPath", Text(file)), ("readOnly", new DocumentFlag(true)));

    /// <summary>Texts.</summary>
    public static DocumentList Texts(params IEnumerable<string> texts) => new([.. texts.Select(text => new DocumentText(text))]);

    /// <summary>A text.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static DocumentText? Text(string? text) => text is null ? null : new(text);

    /// <summary>A number.</summary>
    public static DocumentNumber Number(long number) => new(number);

    static DocumentMap SecretVolume(string name, string secret, params DocumentNode[] items) => DocumentMap.Of(
        ("name", Text(name)), ("secret", DocumentMap.Of(("secretName", Text(secret)), ("items", new DocumentList(items)), ("optional", new DocumentFlag(true)))));

    static DocumentMap Item(string key, string path, long? mode = null) =>
        DocumentMap.Of(("key", Text(key)), ("path", Text(path)), ("mode", mode is { } number ? Number(number) : null));
}
