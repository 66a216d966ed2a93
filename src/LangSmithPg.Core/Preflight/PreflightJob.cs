using System.Globalization;
using System.Security.Cryptography;
using LangSmithPg.Documents;
using LangSmithPg.Kubernetes;

namespace LangSmithPg.Preflight;

/// <summary>
/// A Kubernetes Job that tests in the cluster whether LangSmith's database is ready: in a pod that has the account, labels, environment
/// and mounts of LangSmith's backend. It refers to Secrets, and contains none.
/// </summary>
public sealed class PreflightJob : IDocument
{
    /// <summary>The label that all objects of all preflights have.</summary>
    public const string Label = "langsmithpg/preflight";

    const string ScriptFolder = "/preflight";
    const string ModuleFolder = "/modules";
    const string CertificateFolder = "/etc/postgres/certs";
    const string AuthoritiesPath = "/etc/ssl/certs/custom-ca-certificates.crt";
    const string AuthoritiesFile = "ca-certificates.crt";
    const int LineLength = 120;
    const int SecondsToLive = 24 * 60 * 60;
    const int SecondsToRun = 10 * 60;

    readonly BackendPod _pod;
    readonly PreflightOptions _options;
    readonly IReadOnlyList<ReadOnlyMemory<byte>> _parts;

    /// <summary>Creates the job.</summary>
    /// <param name="pod">The pod that it is to be like.</param>
    /// <param name="options">What is up to the admin.</param>
    /// <exception cref="InvalidNameException">A name or label is not valid in Kubernetes.</exception>
    internal PreflightJob(BackendPod pod, PreflightOptions options)
    {
        ArgumentNullException.ThrowIfNull(pod);
        ArgumentNullException.ThrowIfNull(options);
        (_pod, _options) = (pod, options);
        // Of a job's name, Kubernetes makes a label.
        Name = KubernetesNames.RequireLabel(options.Name);
        Namespace = KubernetesNames.RequireNamespace(options.Namespace ?? pod.Namespace);
        ServiceAccountName = KubernetesNames.RequireObjectName(options.AccountName ?? pod.AccountName);
        foreach (var name in (string[])[pod.Connection.Name, .. options.ImagePullSecrets])
        {
            KubernetesNames.RequireObjectName(name);
        }

        foreach (var (key, value) in options.PodLabels)
        {
            KubernetesNames.RequireObjectLabel(key, value);
        }

        Image = KubernetesNames.RequireImage(options.Image);
        _parts = options.Module.Archive is { } archive ? ModuleArchive.Split(archive) : [];
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its namespace, or null for the current namespace of kubectl.</summary>
    public string? Namespace { get; }

    /// <summary>The image with PowerShell.</summary>
    public string Image { get; }

    /// <summary>The service account, whose identity logs in.</summary>
    public string ServiceAccountName { get; }

    /// <summary>Where the connection lies: name and key of the Secret.</summary>
    public SecretReference Connection => _pod.Connection;

    /// <summary>The Secrets that are mounted, as they are into LangSmith's pods.</summary>
    public IReadOnlyList<SecretReference> Mounts => ((SecretReference?[])[_pod.Authorities, _pod.ClientCertificate, _pod.ClientKey]).OfType<SecretReference>().ToArray();

    /// <summary>The source of this module in the pod.</summary>
    public string Module => $"LangSmithPg {_options.ModuleVersion}, {_options.Module}";

    /// <inheritdoc/>
    public bool HoldsSecrets => false;

    /// <summary>What runs, waits for, reads and takes away the job that was exported to <c>preflight.yaml</c>.</summary>
    public IReadOnlyList<string> Commands => CommandsFor("preflight.yaml");

    /// <summary>The same for another file.</summary>
    /// <param name="file">The file, as an argument of a command.</param>
    internal IReadOnlyList<string> CommandsFor(string file)
    {
        var at = Namespace is null ? "" : $" -n {Namespace}";
        return (string[])
        [
            // The server's own apply: the other kind keeps a copy of the object in an annotation, where it has no room.
            $"kubectl apply --server-side -f {file}",
            // Complete or failed: kubectl waits for one condition by its name, and either of the two can be first. The job is stopped after ten minutes.
            $"kubectl wait{at} job/{Name} --for=jsonpath='{{.status.conditions[0].status}}'=True --timeout=11m",
            $"kubectl logs{at} job/{Name} | Receive-LangSmithPgPreflight",
            $"kubectl delete{at} job,configmap -l {Label}={Name}",
        ];
    }

    /// <inheritdoc/>
    public DocumentMap ToDocument() => DocumentMap.Of(
        ("apiVersion", Text("v1")),
        ("kind", Text("List")),
        ("items", new DocumentList([.. _options.IncludeAccount ? [Account()] : (DocumentNode[])[], ConfigMapOfScript(), .. _parts.Select(ConfigMapOfPart), Job()])));

    /// <inheritdoc/>
    public override string ToString() => $"Job {(Namespace is null ? Name : $"{Namespace}/{Name}")}";

    // Helm takes over what carries its marks. Without them, it would refuse to install.
    DocumentMap Account() => DocumentMap.Of(
        ("apiVersion", Text("v1")),
        ("kind", Text("ServiceAccount")),
        ("metadata", DocumentMap.Of(
            ("name", Text(ServiceAccountName)),
            ("namespace", Text(Namespace)),
            ("labels", DocumentMap.Of(("app.kubernetes.io/managed-by", Text("Helm")))),
            ("annotations", DocumentMap.Of(
                ("meta.helm.sh/release-name", Text(_pod.ReleaseName)), ("meta.helm.sh/release-namespace", Text(Namespace))).Or(_pod.AccountAnnotations)))));

    DocumentMap ConfigMapOfScript() => ConfigMap(Name, "data", PreflightScript.FileName, PreflightScript.Text);

    // In lines, as editors and git like them better than a million characters in a row. Kubernetes passes over their ends.
    DocumentMap ConfigMapOfPart(ReadOnlyMemory<byte> part, int index)
    {
        var lines = Convert.ToBase64String(part.Span).Chunk(LineLength).Select(line => new string(line));
        return ConfigMap(PartName(index), "binaryData", PartFile(index), string.Join('\n', lines) + "\n");
    }

    DocumentMap ConfigMap(string name, string kind, string file, string content) => DocumentMap.Of(
        ("apiVersion", Text("v1")), ("kind", Text("ConfigMap")), ("metadata", Metadata(name)), (kind, DocumentMap.Of((file, Text(content)))));

    DocumentMap Job() => DocumentMap.Of(
        ("apiVersion", Text("batch/v1")),
        ("kind", Text("Job")),
        ("metadata", Metadata(Name)),
        ("spec", DocumentMap.Of(
            ("backoffLimit", Number(0)),
            ("activeDeadlineSeconds", Number(SecondsToRun)),
            ("ttlSecondsAfterFinished", Number(SecondsToLive)),
            ("template", DocumentMap.Of(
                ("metadata", DocumentMap.Of(("labels", PodLabels()), ("annotations", _pod.Annotations))),
                ("spec", PodSpec()))))));

    DocumentMap Metadata(string name) => DocumentMap.Of(
        ("name", Text(name)), ("namespace", Text(Namespace)), ("labels", DocumentMap.Of((Label, Text(Name)))));

    // As the chart's own migration job has them: network policies for the release reach the pod. A component of its own, so that neither
    // the backend's Service nor its disruption budget takes the pod for one of theirs.
    DocumentMap PodLabels() => (DocumentMap.OfTexts(_options.PodLabels) ?? new([])).Or(DocumentMap.Of(
        ("app.kubernetes.io/component", Text(ComponentName())), (Label, Text(Name)))).Or(_pod.Labels);

    string ComponentName()
    {
        const string Suffix = "-preflight";
        const int MostCharacters = 63;
        return _pod.Name[..Math.Min(_pod.Name.Length, MostCharacters - Suffix.Length)].TrimEnd('-') + Suffix;
    }

    DocumentMap PodSpec() => DocumentMap.Of(
        ("restartPolicy", Text("Never")),
        ("serviceAccountName", Text(ServiceAccountName)),
        ("imagePullSecrets", PullSecrets()),
        ("securityContext", (_pod.SecurityContext ?? new([])).Or(DocumentMap.Of(
            ("runAsNonRoot", new DocumentFlag(true)),
            ("runAsUser", Number(_options.RunAsUser)),
            ("seccompProfile", DocumentMap.Of(("type", Text("RuntimeDefault"))))))),
        ("dnsConfig", _pod.Dns),
        ("containers", new DocumentList([Container()])),
        ("volumes", new DocumentList([.. Volumes()]))).Or(_pod.Scheduling);

    DocumentList? PullSecrets()
    {
        DocumentNode[] all = [.. (_pod.ImagePullSecrets as DocumentList)?.Items ?? [], .. _options.ImagePullSecrets.Select(name => DocumentMap.Of(("name", Text(name))))];
        return all.Length == 0 ? null : new(all);
    }

    DocumentMap Container() => DocumentMap.Of(
        ("name", Text("preflight")),
        ("image", Text(Image)),
        ("command", Texts("pwsh", "-NoLogo", "-NoProfile", "-NonInteractive", "-File", $"{ScriptFolder}/{PreflightScript.FileName}")),
        ("args", Texts([.. Arguments()])),
        ("env", new DocumentList([.. Environment()])),
        ("volumeMounts", new DocumentList([.. VolumeMounts()])),
        ("resources", DocumentMap.Of(
            ("requests", DocumentMap.Of(("cpu", Text("100m")), ("memory", Text("256Mi")))),
            ("limits", DocumentMap.Of(("cpu", Text("1000m")), ("memory", Text("512Mi")))))),
        ("securityContext", DocumentMap.Of(
            ("allowPrivilegeEscalation", new DocumentFlag(false)),
            ("readOnlyRootFilesystem", new DocumentFlag(true)),
            ("capabilities", DocumentMap.Of(("drop", Texts("ALL")))))),
        // Never ready: no Service sends the pod anything, whatever labels it is given.
        ("readinessProbe", DocumentMap.Of(("exec", DocumentMap.Of(("command", Texts("false")))), ("initialDelaySeconds", Number(SecondsToLive)))));

    IEnumerable<string> Arguments()
    {
        yield return "-SecretName";
        yield return _pod.Connection.Name;
        yield return "-SecretKey";
        yield return _pod.Connection.Key;
        yield return "-ModuleVersion";
        yield return _options.ModuleVersion;
        if (_options.Module.Archive is { } archive)
        {
            yield return "-ModuleHash";
            yield return Convert.ToHexString(SHA256.HashData(archive.Span));
        }
        else if (_options.Module.ClaimName is not null)
        {
            yield return "-ModuleFolder";
            yield return ModuleFolder;
        }
        else if (_options.Module.Repository is { } repository)
        {
            yield return "-Repository";
            yield return repository.AbsoluteUri;
        }

        yield return "-TimeoutSeconds";
        yield return _options.TimeoutSeconds.ToString(CultureInfo.InvariantCulture);
        if (_options.Rehearse)
        {
            yield return "-Rehearse";
        }
    }

    // First what the chart sets, then what PowerShell needs where nothing but /tmp can be written.
    IEnumerable<DocumentNode> Environment()
    {
        // Optional, as with the mounts below: a pod that does not start could not say what is missing.
        yield return DocumentMap.Of(("name", Text("POSTGRES_DATABASE_URI")), ("valueFrom", DocumentMap.Of(("secretKeyRef", DocumentMap.Of(
            ("name", Text(_pod.Connection.Name)), ("key", Text(_pod.Connection.Key)), ("optional", new DocumentFlag(true)))))));
        yield return Variable("POSTGRES_SCHEMA", _pod.Schema);
        yield return Variable("POSTGRES_TLS", _pod.CustomTls ? "true" : "false");
        if (_pod.IamAuthProvider is not null)
        {
            yield return Variable("POSTGRES_IAM_AUTH_PROVIDER", _pod.IamAuthProvider);
        }

        if (_pod.ClientCertificate is not null)
        {
            yield return Variable("POSTGRES_TLS_CLIENT_CERT_PATH", $"{CertificateFolder}/client.crt");
            yield return Variable("POSTGRES_TLS_CLIENT_KEY_PATH", $"{CertificateFolder}/client.key");
        }

        if (_pod.Authorities is not null)
        {
            yield return Variable("SSL_CERT_FILE", AuthoritiesPath);
        }

        yield return Variable("HOME", "/tmp");
        yield return Variable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        yield return Variable("POWERSHELL_UPDATECHECK", "Off");
        yield return Variable("DOTNET_EnableDiagnostics", "0");
    }

    IEnumerable<DocumentNode> VolumeMounts()
    {
        yield return Mount("preflight", ScriptFolder);
        if (_options.Module.ClaimName is not null)
        {
            yield return Mount("modules", ModuleFolder);
        }

        if (_pod.Authorities is not null)
        {
            yield return Mount("langsmith-custom-ca", AuthoritiesPath, AuthoritiesFile);
        }

        if (_pod.ClientCertificate is not null)
        {
            yield return Mount("postgres-client-cert", CertificateFolder);
        }

        yield return DocumentMap.Of(("name", Text("tmp")), ("mountPath", Text("/tmp")));
    }

    IEnumerable<DocumentNode> Volumes()
    {
        var maps = ((string[])[Name, .. _parts.Select((_, index) => PartName(index))])
            .Select(name => DocumentMap.Of(("configMap", DocumentMap.Of(("name", Text(name))))));
        yield return DocumentMap.Of(("name", Text("preflight")), ("projected", DocumentMap.Of(("sources", new DocumentList([.. maps])))));
        if (_options.Module.ClaimName is { } claim)
        {
            yield return DocumentMap.Of(("name", Text("modules")), ("persistentVolumeClaim", DocumentMap.Of(("claimName", Text(claim)), ("readOnly", new DocumentFlag(true)))));
        }

        if (_pod.Authorities is { } authorities)
        {
            yield return SecretVolume("langsmith-custom-ca", authorities.Name, Item(authorities.Key, AuthoritiesFile));
        }

        if (_pod is { ClientCertificate: { } certificate, ClientKey: { } key })
        {
            yield return SecretVolume("postgres-client-cert", certificate.Name, Item(certificate.Key, "client.crt", 0b110_100_100), Item(key.Key, "client.key", 0b110_100_000));
        }

        yield return DocumentMap.Of(("name", Text("tmp")), ("emptyDir", DocumentMap.Of(("sizeLimit", Text("256Mi")))));
    }

    string PartName(int index) => $"{Name}-module-{index + 1}";

    static string PartFile(int index) => string.Create(CultureInfo.InvariantCulture, $"module.zip.{index + 1:00}");

    static DocumentMap SecretVolume(string name, string secret, params DocumentNode[] items) => DocumentMap.Of(
        ("name", Text(name)), ("secret", DocumentMap.Of(("secretName", Text(secret)), ("items", new DocumentList(items)), ("optional", new DocumentFlag(true)))));

    static DocumentMap Item(string key, string path, long? mode = null) =>
        DocumentMap.Of(("key", Text(key)), ("path", Text(path)), ("mode", mode is { } number ? Number(number) : null));

    static DocumentMap Mount(string name, string path, string? file = null) =>
        DocumentMap.Of(("name", Text(name)), ("mountPath", Text(path)), ("subPath", Text(file)), ("readOnly", new DocumentFlag(true)));

    static DocumentMap Variable(string name, string value) => DocumentMap.Of(("name", Text(name)), ("value", Text(value)));

    static DocumentList Texts(params IEnumerable<string> texts) => new([.. texts.Select(text => new DocumentText(text))]);

    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(text))]
    static DocumentText? Text(string? text) => text is null ? null : new(text);

    static DocumentNumber Number(long number) => new(number);
}
