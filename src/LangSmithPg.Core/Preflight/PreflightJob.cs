using System.Globalization;
using LangSmithPg.Connections;
using LangSmithPg.Documents;
using LangSmithPg.Kubernetes;
using static LangSmithPg.Preflight.JobParts;

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
    const int SecondsToRun = 10 * 60;

    readonly IReadOnlyList<PreflightPod> _pods;
    readonly List<List<PreflightPod>> _groups = [];
    readonly PreflightOptions _options;
    readonly ModuleParts _module;

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
        _module = new(options.Module, options.ModuleVersion, Name);
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
    public string Module => $"{_module}";

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
        ("items", new DocumentList([.. Accounts(), ConfigMapOfScript(), .. _module.ConfigMaps(Metadata), .. _groups.Select(Job)])));

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

    DocumentMap ConfigMapOfScript() => ConfigMap(Metadata(Name), "data", [(PreflightScript.FileName, PreflightScript.Text), (ModuleScript.FileName, ModuleScript.Text)]);

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
        ("app.kubernetes.io/component", Text(ComponentName(pod.Name, "-preflight"))), (Label, Text(Selected)))).Or(pod.Labels);

    DocumentMap PodSpec(List<PreflightPod> group) => DocumentMap.Of(
        ("restartPolicy", Text("Never")),
        ("serviceAccountName", Text(group[0].AccountName)),
        ("imagePullSecrets", PullSecrets(group[0], _options.ImagePullSecrets)),
        ("securityContext", PodSecurity(group[0], _options.RunAsUser)),
        ("dnsConfig", group[0].Dns),
        ("containers", new DocumentList([.. group.Select(pod => Container(pod, group))])),
        ("volumes", new DocumentList([.. Volumes(group)]))).Or(group[0].Scheduling);

    DocumentMap Container(PreflightPod pod, List<PreflightPod> group) => DocumentMap.Of(
        ("name", Text(pod == group[0] ? "preflight" : $"preflight-{Suffix(pod)}")),
        ("image", Text(Image)),
        ("command", Texts("pwsh", "-NoLogo", "-NoProfile", "-NonInteractive", "-File", $"{ScriptFolder}/{PreflightScript.FileName}")),
        ("args", Texts([.. Arguments(pod)])),
        ("env", new DocumentList([.. Environment(pod)])),
        ("volumeMounts", new DocumentList([.. VolumeMounts(pod, group)])),
        ("resources", Resources("100m", "256Mi", "1000m", "512Mi")),
        ("securityContext", ContainerSecurity()),
        ("readinessProbe", NeverReady()));

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

        foreach (var argument in _module.Arguments)
        {
            yield return argument;
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
            yield return Variable(variable);
        }

        if (pod.Authorities is not null)
        {
            yield return Variable("SSL_CERT_FILE", AuthoritiesPath);
        }

        foreach (var variable in PowerShellVariables())
        {
            yield return variable;
        }
    }

    IEnumerable<DocumentNode> VolumeMounts(PreflightPod pod, List<PreflightPod> group)
    {
        yield return Mount("preflight", ScriptFolder);
        foreach (var mount in (DocumentNode[])[.. _module.Mounts(), .. CertificateMounts(pod)])
        {
            yield return mount;
        }

        yield return DocumentMap.Of(("name", Text(TemporaryName(pod, group))), ("mountPath", Text("/tmp")));
    }

    // In each container, the same process numbers name the files: each has its own folder.
    static string TemporaryName(PreflightPod pod, List<PreflightPod> group) => pod == group[0] ? "tmp" : $"tmp-{Suffix(pod)}";

    IEnumerable<DocumentNode> Volumes(List<PreflightPod> group)
    {
        yield return Projected("preflight", [Name, .. _module.ConfigMapNames]);
        foreach (var volume in (DocumentNode[])[.. _module.Volumes(), .. CertificateVolumes(group)])
        {
            yield return volume;
        }

        foreach (var pod in group)
        {
            yield return DocumentMap.Of(("name", Text(TemporaryName(pod, group))), ("emptyDir", DocumentMap.Of(("sizeLimit", Text("256Mi")))));
        }
    }
}
