using System.Globalization;
using System.Security.Cryptography;
using LangSmithPg.Connections;
using LangSmithPg.Documents;
using LangSmithPg.Kubernetes;

namespace LangSmithPg.Preflight;

/// <summary>
/// A Kubernetes Job that tests in the cluster whether the databases of a release are ready: each in a container that has the environment and
/// mounts of a pod that uses it, in a pod with its account and labels. A pod has one account, so that databases whose pods differ in it are
/// tested by several Jobs of one manifest. It refers to Secrets, and contains none.
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

    readonly IReadOnlyList<PreflightPod> _pods;
    readonly List<List<PreflightPod>> _groups = [];
    readonly PreflightOptions _options;
    readonly IReadOnlyList<ReadOnlyMemory<byte>> _parts;

    /// <summary>Creates the job.</summary>
    /// <param name="pods">For each database, the pod that its test is to be like; at least one.</param>
    /// <param name="options">What is up to the admin.</param>
    /// <exception cref="InvalidNameException">A name or label is not valid in Kubernetes.</exception>
    internal PreflightJob(IReadOnlyList<PreflightPod> pods, PreflightOptions options)
    {
        ArgumentNullException.ThrowIfNull(pods);
        ArgumentNullException.ThrowIfNull(options);
        (_pods, _options) = ([.. pods.Select(pod => pod with { AccountName = KubernetesNames.RequireObjectName(options.AccountName ?? pod.AccountName) })], options);
        foreach (var pod in _pods)
        {
            if (_groups.Find(group => group[0].IsLike(pod)) is { } group)
            {
                group.Add(pod);
            }
            else
            {
                _groups.Add([pod]);
            }
        }

        Name = options.Name;
        foreach (var group in _groups)
        {
            // Of a job's name, Kubernetes makes a label.
            KubernetesNames.RequireLabel(JobName(group));
        }

        Namespace = KubernetesNames.RequireNamespace(options.Namespace ?? _pods[0].Namespace);
        foreach (var name in (string[])[.. _pods.SelectMany(pod => pod.Connection).Select(secret => secret.Name).Distinct(), .. options.ImagePullSecrets])
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

    /// <summary>Its name; that of the first Job where there are several.</summary>
    public string Name { get; }

    /// <summary>Its namespace, or null for the current namespace of kubectl.</summary>
    public string? Namespace { get; }

    /// <summary>The image with PowerShell.</summary>
    public string Image { get; }

    /// <summary>Names of its Jobs, the first of which is its own.</summary>
    internal IEnumerable<string> JobNames => _groups.Select(JobName);

    /// <summary>The databases that are tested, LangSmith's own first.</summary>
    public IReadOnlyList<PreflightDatabase> Databases => _groups.SelectMany(group => group.Select(pod => new PreflightDatabase
    {
        Purpose = pod.Purpose,
        JobName = JobName(group),
        ServiceAccountName = pod.AccountName,
        Connection = [.. pod.Connection],
        Mounts = [.. pod.Mounts],
    })).OrderBy(database => database.Purpose).ToArray();

    /// <summary>The service account of the first database, whose identity logs in.</summary>
    public string ServiceAccountName => _pods[0].AccountName;

    /// <summary>Where the connection of the first database lies: name and key of the Secret.</summary>
    public SecretReference Connection => _pods[0].Connection.First();

    /// <summary>The Secrets that are mounted, as they are into LangSmith's pods.</summary>
    public IReadOnlyList<SecretReference> Mounts => _pods.SelectMany(pod => pod.Mounts).Distinct().ToArray();

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
        var isOne = _groups.Count == 1 && _options.SelectedBy is null;
        var jobs = isOne ? $"job/{Name}" : $"job -l {Label}={Selected}";
        // With a selector, kubectl shows ten lines of each log unless told otherwise.
        var logs = !isOne ? $"-l {Label}={Selected} --all-containers --tail=-1 --prefix" : _pods.Count > 1 ? $"job/{Name} --all-containers --prefix" : $"job/{Name}";
        return (string[])
        [
            // The server's own apply: the other kind keeps a copy of the object in an annotation, where it has no room.
            $"kubectl apply --server-side -f {file}",
            // Complete or failed: kubectl waits for one condition by its name, and either of the two can be first. The job is stopped after ten minutes.
            $"kubectl wait{at} {jobs} --for=jsonpath='{{.status.conditions[0].status}}'=True --timeout=11m",
            $"kubectl logs{at} {logs} | Receive-LangSmithPgPreflight",
            $"kubectl delete{at} job,configmap -l {Label}={Selected}",
        ];
    }

    /// <inheritdoc/>
    public DocumentMap ToDocument() => DocumentMap.Of(
        ("apiVersion", Text("v1")),
        ("kind", Text("List")),
        ("items", new DocumentList([.. Accounts(), ConfigMapOfScript(), .. _parts.Select(ConfigMapOfPart), .. _groups.Select(Job)])));

    /// <inheritdoc/>
    public override string ToString() => $"Job {(Namespace is null ? Name : $"{Namespace}/{Name}")}{(_groups.Count == 1 ? "" : $" and {_groups.Count - 1} more")}";

    string Selected => _options.SelectedBy ?? Name;

    string JobName(List<PreflightPod> group) => group == _groups[0] ? _options.Name : $"{_options.Name}-{Suffix(group[0])}";

    internal static string Suffix(PreflightPod pod) => pod.Purpose.ToString().ToLowerInvariant();

    // What the chart does not make, Helm would never take over.
    IEnumerable<DocumentMap> Accounts() => _options.IncludeAccount
        ? _pods.Where(pod => pod.IsAccountOfChart || _options.AccountName is not null).DistinctBy(pod => pod.AccountName).Select(Account)
        : [];

    // Helm takes over what carries its marks. Without them, it would refuse to install.
    DocumentMap Account(PreflightPod pod) => DocumentMap.Of(
        ("apiVersion", Text("v1")),
        ("kind", Text("ServiceAccount")),
        ("metadata", DocumentMap.Of(
            ("name", Text(pod.AccountName)),
            ("namespace", Text(Namespace)),
            ("labels", DocumentMap.Of(("app.kubernetes.io/managed-by", Text("Helm")))),
            ("annotations", DocumentMap.Of(
                ("meta.helm.sh/release-name", Text(pod.ReleaseName)), ("meta.helm.sh/release-namespace", Text(Namespace))).Or(pod.AccountAnnotations)))));

    DocumentMap ConfigMapOfScript() => ConfigMap(Name, "data", PreflightScript.FileName, PreflightScript.Text);

    // In lines, as editors and git like them better than a million characters in a row. Kubernetes passes over their ends.
    DocumentMap ConfigMapOfPart(ReadOnlyMemory<byte> part, int index)
    {
        var lines = Convert.ToBase64String(part.Span).Chunk(LineLength).Select(line => new string(line));
        return ConfigMap(PartName(index), "binaryData", PartFile(index), string.Join('\n', lines) + "\n");
    }

    DocumentMap ConfigMap(string name, string kind, string file, string content) => DocumentMap.Of(
        ("apiVersion", Text("v1")), ("kind", Text("ConfigMap")), ("metadata", Metadata(name)), (kind, DocumentMap.Of((file, Text(content)))));

    DocumentMap Job(List<PreflightPod> group) => DocumentMap.Of(
        ("apiVersion", Text("batch/v1")),
        ("kind", Text("Job")),
        ("metadata", Metadata(JobName(group))),
        ("spec", DocumentMap.Of(
            ("backoffLimit", Number(0)),
            ("activeDeadlineSeconds", Number(SecondsToRun)),
            ("ttlSecondsAfterFinished", Number(SecondsToLive)),
            ("template", DocumentMap.Of(
                ("metadata", DocumentMap.Of(("labels", PodLabels(group[0])), ("annotations", group[0].Annotations))),
                ("spec", PodSpec(group)))))));

    DocumentMap Metadata(string name) => DocumentMap.Of(
        ("name", Text(name)), ("namespace", Text(Namespace)), ("labels", DocumentMap.Of((Label, Text(Selected)))));

    // As the chart's own migration job has them: network policies for the release reach the pod. A component of its own, so that neither
    // a Service nor a disruption budget takes the pod for one of theirs.
    DocumentMap PodLabels(PreflightPod pod) => (DocumentMap.OfTexts(_options.PodLabels) ?? new([])).Or(DocumentMap.Of(
        ("app.kubernetes.io/component", Text(ComponentName(pod.Name))), (Label, Text(Selected)))).Or(pod.Labels);

    static string ComponentName(string name)
    {
        const string Suffix = "-preflight";
        const int MostCharacters = 63;
        return name[..Math.Min(name.Length, MostCharacters - Suffix.Length)].TrimEnd('-') + Suffix;
    }

    DocumentMap PodSpec(List<PreflightPod> group) => DocumentMap.Of(
        ("restartPolicy", Text("Never")),
        ("serviceAccountName", Text(group[0].AccountName)),
        ("imagePullSecrets", PullSecrets(group[0])),
        ("securityContext", (group[0].SecurityContext ?? new([])).Or(DocumentMap.Of(
            ("runAsNonRoot", new DocumentFlag(true)),
            ("runAsUser", Number(_options.RunAsUser)),
            ("seccompProfile", DocumentMap.Of(("type", Text("RuntimeDefault"))))))),
        ("dnsConfig", group[0].Dns),
        ("containers", new DocumentList([.. group.Select(pod => Container(pod, group))])),
        ("volumes", new DocumentList([.. Volumes(group)]))).Or(group[0].Scheduling);

    DocumentList? PullSecrets(PreflightPod pod)
    {
        DocumentNode[] all = [.. (pod.ImagePullSecrets as DocumentList)?.Items ?? [], .. _options.ImagePullSecrets.Select(name => DocumentMap.Of(("name", Text(name))))];
        return all.Length == 0 ? null : new(all);
    }

    DocumentMap Container(PreflightPod pod, List<PreflightPod> group) => DocumentMap.Of(
        ("name", Text(pod == group[0] ? "preflight" : $"preflight-{Suffix(pod)}")),
        ("image", Text(Image)),
        ("command", Texts("pwsh", "-NoLogo", "-NoProfile", "-NonInteractive", "-File", $"{ScriptFolder}/{PreflightScript.FileName}")),
        ("args", Texts([.. Arguments(pod)])),
        ("env", new DocumentList([.. Environment(pod)])),
        ("volumeMounts", new DocumentList([.. VolumeMounts(pod, group)])),
        ("resources", DocumentMap.Of(
            ("requests", DocumentMap.Of(("cpu", Text("100m")), ("memory", Text("256Mi")))),
            ("limits", DocumentMap.Of(("cpu", Text("1000m")), ("memory", Text("512Mi")))))),
        ("securityContext", DocumentMap.Of(
            ("allowPrivilegeEscalation", new DocumentFlag(false)),
            ("readOnlyRootFilesystem", new DocumentFlag(true)),
            ("capabilities", DocumentMap.Of(("drop", Texts("ALL")))))),
        // Never ready: no Service sends the pod anything, whatever labels it is given.
        ("readinessProbe", DocumentMap.Of(("exec", DocumentMap.Of(("command", Texts("false")))), ("initialDelaySeconds", Number(SecondsToLive)))));

    IEnumerable<string> Arguments(PreflightPod pod)
    {
        if (pod.Purpose != DatabasePurpose.LangSmith)
        {
            yield return "-Purpose";
            yield return pod.Purpose.ToString();
        }

        if (_pods.Count > 1)
        {
            yield return "-Databases";
            yield return string.Join(',', _pods.Select(one => one.Purpose));
        }

        yield return "-SecretName";
        yield return pod.Connection.First().Name;
        yield return "-SecretKey";
        yield return string.Join(',', pod.Connection.Select(secret => secret.Key));
        if (pod.Purpose != DatabasePurpose.LangSmith)
        {
            yield return "-Variable";
            yield return string.Join(',', pod.Variables.Where(variable => variable.Secret is not null).Select(variable => variable.Name));
        }

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
        // What is rehearsed are LangSmith's own migrations.
        if (_options.Rehearse && pod.Purpose == DatabasePurpose.LangSmith)
        {
            yield return "-Rehearse";
        }
    }

    // First what the chart sets, then what PowerShell needs where nothing but /tmp can be written.
    static IEnumerable<DocumentNode> Environment(PreflightPod pod)
    {
        foreach (var variable in pod.Variables)
        {
            // Optional, as with the mounts below: a pod that does not start could not say what is missing.
            yield return variable.Secret is { } secret
                ? DocumentMap.Of(("name", Text(variable.Name)), ("valueFrom", DocumentMap.Of(("secretKeyRef", DocumentMap.Of(
                    ("name", Text(secret.Name)), ("key", Text(secret.Key)), ("optional", new DocumentFlag(true)))))))
                : Variable(variable.Name, variable.Value!);
        }

        if (pod.Authorities is not null)
        {
            yield return Variable("SSL_CERT_FILE", AuthoritiesPath);
        }

        yield return Variable("HOME", "/tmp");
        yield return Variable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        yield return Variable("POWERSHELL_UPDATECHECK", "Off");
        yield return Variable("DOTNET_EnableDiagnostics", "0");
    }

    IEnumerable<DocumentNode> VolumeMounts(PreflightPod pod, List<PreflightPod> group)
    {
        yield return Mount("preflight", ScriptFolder);
        if (_options.Module.ClaimName is not null)
        {
            yield return Mount("modules", ModuleFolder);
        }

        if (pod.Authorities is not null)
        {
            yield return Mount("langsmith-custom-ca", AuthoritiesPath, AuthoritiesFile);
        }

        if (pod.ClientCertificate is not null)
        {
            yield return Mount("postgres-client-cert", CertificateFolder);
        }

        yield return DocumentMap.Of(("name", Text(TemporaryName(pod, group))), ("mountPath", Text("/tmp")));
    }

    // In each container, the same process numbers name the files: each has its own folder.
    static string TemporaryName(PreflightPod pod, List<PreflightPod> group) => pod == group[0] ? "tmp" : $"tmp-{Suffix(pod)}";

    IEnumerable<DocumentNode> Volumes(List<PreflightPod> group)
    {
        var maps = ((string[])[Name, .. _parts.Select((_, index) => PartName(index))])
            .Select(name => DocumentMap.Of(("configMap", DocumentMap.Of(("name", Text(name))))));
        yield return DocumentMap.Of(("name", Text("preflight")), ("projected", DocumentMap.Of(("sources", new DocumentList([.. maps])))));
        if (_options.Module.ClaimName is { } claim)
        {
            yield return DocumentMap.Of(("name", Text("modules")), ("persistentVolumeClaim", DocumentMap.Of(("claimName", Text(claim)), ("readOnly", new DocumentFlag(true)))));
        }

        // Of all pods that mount them, these are the same.
        if (group.Select(pod => pod.Authorities).FirstOrDefault(one => one is not null) is { } authorities)
        {
            yield return SecretVolume("langsmith-custom-ca", authorities.Name, Item(authorities.Key, AuthoritiesFile));
        }

        if (group.Find(pod => pod is { ClientCertificate: not null, ClientKey: not null }) is { ClientCertificate: { } certificate, ClientKey: { } key })
        {
            yield return SecretVolume("postgres-client-cert", certificate.Name, Item(certificate.Key, "client.crt", 0b110_100_100), Item(key.Key, "client.key", 0b110_100_000));
        }

        foreach (var pod in group)
        {
            yield return DocumentMap.Of(("name", Text(TemporaryName(pod, group))), ("emptyDir", DocumentMap.Of(("sizeLimit", Text("256Mi")))));
        }
    }

    string PartName(int index) => $"{Name}-module-{index + 1}";

    static string PartFile(int index) => string.Create(CultureInfo.InvariantCulture, $"module.zip.{index + 1:00}");

    static DocumentMap SecretVolume(string name, string secret, params DocumentNode[] items) => DocumentMap.Of(
        ("name", Text(name)), ("secret", DocumentMap.Of(("secretName", Text(secret)), ("items", new DocumentList(items)), ("optional", new DocumentFlag(true)))));

    static DocumentMap Item(string key, string path, long? mode = null) =>
        DocumentMap.Of(("key", Text(key)), ("path", Text(path)), ("mode", mode is { } number ? Number(number) : null));

    static DocumentMap Mount(string name, string path, string? file = null) =>
        DocumentMap.Of(("name", Text(name)), ("mountPath", Text(path)), ("subPath", Text(file)), ("readOnly", new DocumentFlag(true)));

    // A text, and no reference to another variable, such as the password.
    static DocumentMap Variable(string name, string value) =>
        DocumentMap.Of(("name", Text(name)), ("value", Text(value.Replace("$(", "$$(", StringComparison.Ordinal))));

    static DocumentList Texts(params IEnumerable<string> texts) => new([.. texts.Select(text => new DocumentText(text))]);

    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(text))]
    static DocumentText? Text(string? text) => text is null ? null : new(text);

    static DocumentNumber Number(long number) => new(number);
}
