using System.Globalization;
using LangSmithPg.Documents;
using LangSmithPg.Kubernetes;
using LangSmithPg.Preflight;
using static LangSmithPg.Preflight.JobParts;

namespace LangSmithPg.Moves.Job;

/// <summary>
/// Kubernetes Jobs that move databases from the PostgreSQL servers that the chart installed, which can be reached only in the cluster, to
/// others: one Job for each database. Its pod checks both sides, copies, and compares, one after the other; what fails ends it. The manifest
/// refers to Secrets, and contains none.
/// </summary>
public sealed class MoveJob : IDocument
{
    /// <summary>The label that all objects of all moves have.</summary>
    public const string Label = "langsmithpg/move";

    const string ScriptFolder = "/move";
    const string WorkFolder = "/copy";
    const string Scripts = "move";
    const string Work = "work";

    // The largest databases take hours; a pod that nobody looks after ends at some time.
    const int SecondsToRun = 24 * 60 * 60;

    // Enough to empty a target after the pod is told to end.
    const int SecondsToEnd = 10 * 60;

    readonly IReadOnlyList<InstalledDatabase> _databases;
    readonly IReadOnlyList<SecretReference> _targets;
    readonly MoveOptions _options;
    readonly ModuleParts _module;

    /// <summary>Creates the jobs.</summary>
    /// <param name="databases">The databases that are moved; at least one.</param>
    /// <param name="targets">For each of them, where the connection to its target lies.</param>
    /// <param name="options">What is up to the admin.</param>
    /// <exception cref="InvalidNameException">A name or label is not valid in Kubernetes.</exception>
    internal MoveJob(IReadOnlyList<InstalledDatabase> databases, IReadOnlyList<SecretReference> targets, MoveOptions options)
    {
        ArgumentNullException.ThrowIfNull(databases);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(options);
        _databases =
        [
            .. databases.Select(one => one with { Pod = one.Pod with { AccountName = KubernetesNames.RequireObjectName(options.AccountName ?? one.Pod.AccountName) } }),
        ];
        (_targets, _options) = ([.. targets], options);
        Name = options.Name;
        foreach (var database in _databases)
        {
            // Of a job's name, Kubernetes makes a label.
            KubernetesNames.RequireLabel(JobName(database));
        }

        Namespace = KubernetesNames.RequireNamespace(options.Namespace ?? _databases[0].Pod.Namespace);
        foreach (var name in (string[])[.. _targets.Select(target => target.Name), .. options.ImagePullSecrets, .. options.WorkClaim is { } claim ? [claim] : (string[])[]])
        {
            KubernetesNames.RequireObjectName(name);
        }

        foreach (var target in _targets)
        {
            KubernetesNames.RequireSecretKey(target.Key);
        }

        foreach (var (key, value) in options.PodLabels)
        {
            KubernetesNames.RequireObjectLabel(key, value);
        }

        (Image, CopyImage) = (KubernetesNames.RequireImage(options.Image), KubernetesNames.RequireImage(options.CopyImageFor(_databases.Select(one => one.MajorVersion))));
        _module = new(options.Module, options.ModuleVersion, Name);
    }

    /// <summary>Its name; that of the first Job where there are several.</summary>
    public string Name { get; }

    /// <summary>Its namespace, or null for the current namespace of kubectl.</summary>
    public string? Namespace { get; }

    /// <summary>The image with PowerShell.</summary>
    public string Image { get; }

    /// <summary>The image with pg_dump, pg_restore and psql.</summary>
    public string CopyImage { get; }

    /// <summary>The databases that are moved, LangSmith's own first.</summary>
    public IReadOnlyList<MoveSource> Databases => _databases.Zip(_targets, (database, target) => new MoveSource
    {
        Purpose = database.Pod.Purpose,
        JobName = JobName(database),
        ServerName = database.ServerName,
        ClaimName = database.IsPersistent ? database.ClaimName : null,
        IsClaimDeleted = database.IsClaimDeleted,
        Login = [.. database.Pod.Connection],
        Target = target,
    }).ToArray();

    /// <summary>The workloads that use the databases: they are stopped before the move.</summary>
    public IReadOnlyList<MoveWorkload> Workloads { get; internal init => field = value.ToArray(); } = [];

    /// <summary>
    /// What to do before and after the job, with all commands, as Markdown: stop LangSmith, copy, switch to the new databases, start, check, and
    /// how to go back.
    /// </summary>
    public string NextSteps => Release is null ? "" : new MoveSteps(this, Release).ToMarkdown();

    internal MovedRelease? Release { get; init; }

    /// <summary>The service account of the first database.</summary>
    public string ServiceAccountName => _databases[0].Pod.AccountName;

    /// <summary>The source of this module in the pod.</summary>
    public string Module => $"{_module}";

    /// <summary>Where the dump is written.</summary>
    public string WorkVolume => _options.WorkClaim is { } claim ? $"the volume of the claim {claim}" : "a volume of the pod's own, on its node";

    /// <inheritdoc/>
    public bool HoldsSecrets => false;

    /// <summary>What runs, waits for, reads and takes away the jobs that were exported to <c>move.yaml</c>.</summary>
    public IReadOnlyList<string> Commands => CommandsFor("move.yaml");

    /// <summary>The same for another file.</summary>
    /// <param name="file">The file, as an argument of a command.</param>
    internal IReadOnlyList<string> CommandsFor(string file)
    {
        var at = Namespace is null ? "" : $" -n {Namespace}";
        var jobs = _databases.Count == 1 ? $"job/{Name}" : $"job -l {Label}={Name}";
        return (string[])
        [
            // The server's own apply: the other kind keeps a copy of the object in an annotation, where it has no room.
            $"kubectl apply --server-side -f {file}",
            $"kubectl wait{at} {jobs} --for=jsonpath='{{.status.conditions[0].status}}'=True --timeout=24h",
            // With a selector, kubectl shows ten lines of each log unless told otherwise.
            $"kubectl logs{at} -l {Label}={Name} --all-containers --tail=-1 --prefix | Receive-LangSmithPgMove",
            $"kubectl delete{at} job,configmap -l {Label}={Name}",
        ];
    }

    /// <inheritdoc/>
    public DocumentMap ToDocument() => DocumentMap.Of(
        ("apiVersion", Text("v1")),
        ("kind", Text("List")),
        ("items", new DocumentList([ConfigMap(Metadata(Name), "data", MoveScripts.All), .. _module.ConfigMaps(Metadata), .. _databases.Zip(_targets, Job)])));

    /// <inheritdoc/>
    public override string ToString() => $"Job {(Namespace is null ? Name : $"{Namespace}/{Name}")}{(_databases.Count == 1 ? "" : $" and {_databases.Count - 1} more")}";

    string JobName(InstalledDatabase database) => database.Pod.Purpose == _databases[0].Pod.Purpose ? _options.Name : $"{_options.Name}-{database.Pod.Purpose.ToString().ToLowerInvariant()}";

    DocumentMap Metadata(string name) => DocumentMap.Of(
        ("name", Text(name)), ("namespace", Text(Namespace)), ("labels", DocumentMap.Of((Label, Text(Name)))));

    DocumentNode Job(InstalledDatabase database, SecretReference target) => DocumentMap.Of(
        ("apiVersion", Text("batch/v1")),
        ("kind", Text("Job")),
        ("metadata", Metadata(JobName(database))),
        ("spec", DocumentMap.Of(
            // A second attempt is the admin's decision.
            ("backoffLimit", Number(0)),
            ("activeDeadlineSeconds", Number(SecondsToRun)),
            ("ttlSecondsAfterFinished", Number(7 * SecondsToLive)),
            ("template", DocumentMap.Of(
                ("metadata", DocumentMap.Of(("labels", PodLabels(database.Pod)), ("annotations", PodAnnotations(database.Pod)))),
                ("spec", PodSpec(database.Pod, target)))))));

    // As a pod of the database has them: network policies for the release reach the pod.
    DocumentMap PodLabels(PreflightPod pod) => (DocumentMap.OfTexts(_options.PodLabels) ?? new([])).Or(DocumentMap.Of(
        ("app.kubernetes.io/component", Text(ComponentName(pod.Name, "-move"))), (Label, Text(Name)))).Or(pod.Labels);

    // The cluster's autoscaler is not to move the pod while it copies.
    static DocumentMap PodAnnotations(PreflightPod pod) => DocumentMap.Of(("cluster-autoscaler.kubernetes.io/safe-to-evict", Text("false"))).Or(pod.Annotations);

    DocumentMap PodSpec(PreflightPod pod, SecretReference target) => DocumentMap.Of(
        ("restartPolicy", Text("Never")),
        ("terminationGracePeriodSeconds", Number(SecondsToEnd)),
        ("serviceAccountName", Text(pod.AccountName)),
        ("imagePullSecrets", PullSecrets(pod, _options.ImagePullSecrets)),
        ("securityContext", _options.WorkClaim is null
            ? PodSecurity(pod, _options.RunAsUser)
            // A volume that persists may belong to root.
            : PodSecurity(pod, _options.RunAsUser).Or(DocumentMap.Of(("fsGroup", Number(_options.RunAsUser))))),
        ("dnsConfig", pod.Dns),
        ("initContainers", new DocumentList([PowerShell("check", "Check", pod, target), Copy(pod, target)])),
        ("containers", new DocumentList([PowerShell("compare", "Compare", pod, target).Or(DocumentMap.Of(("readinessProbe", NeverReady())))])),
        ("volumes", new DocumentList([.. Volumes(pod)]))).Or(pod.Scheduling);

    DocumentMap PowerShell(string name, string step, PreflightPod pod, SecretReference target) => Container(
        name, Image, ["pwsh", "-NoLogo", "-NoProfile", "-NonInteractive", "-File", $"{ScriptFolder}/{MoveScripts.CheckFile}"],
        [
            "-Step", step, "-Purpose", $"{pod.Purpose}", .. _module.Arguments, "-TimeoutSeconds", _options.TimeoutSeconds.ToString(CultureInfo.InvariantCulture), "-Jobs", Jobs,
            .. _options.Force ? ["-Force"] : (string[])[],
        ],
        PowerShellVariables(), _module.Mounts(), Resources("100m", "256Mi", "1000m", "1Gi"), pod, target);

    DocumentMap Copy(PreflightPod pod, SecretReference target) => Container(
        "copy", CopyImage, ["sh", $"{ScriptFolder}/{MoveScripts.CopyFile}"], [],
        [
            Variable("PURPOSE", $"{pod.Purpose}"), Variable("JOBS", Jobs), .. _options.Force ? [Variable("FORCE", "1")] : (DocumentNode[])[],
            .. _options.KeepPartial ? [Variable("KEEP_PARTIAL", "1")] : (DocumentNode[])[],
        ],
        [], Resources("250m", "256Mi", "4000m", "2Gi"), pod, target);

    static DocumentMap Container(
        string name, string image, string[] command, string[] arguments, IEnumerable<DocumentNode> variables, IEnumerable<DocumentNode> mounts, DocumentMap resources, PreflightPod pod,
        SecretReference target) => DocumentMap.Of(
            ("name", Text(name)),
            ("image", Text(image)),
            ("command", Texts(command)),
            ("args", arguments.Length == 0 ? null : Texts(arguments)),
            ("env", new DocumentList([.. Environment(pod, target), .. variables])),
            ("volumeMounts", new DocumentList(
            [
                Mount(Scripts, ScriptFolder), .. mounts, .. CertificateMounts(pod), DocumentMap.Of(("name", Text(Work)), ("mountPath", Text(WorkFolder))),
                DocumentMap.Of(("name", Text("tmp")), ("mountPath", Text("/tmp"))),
            ])),
            ("resources", resources),
            ("securityContext", ContainerSecurity()));

    static IEnumerable<DocumentNode> Environment(PreflightPod pod, SecretReference target)
    {
        foreach (var variable in pod.Variables)
        {
            yield return Variable(variable);
        }

        yield return Variable(new PodVariable("TARGET_URL", null, target));
        if (pod.ClientCertificate is not null)
        {
            yield return Variable("TARGET_SSLCERT", ClientCertificatePath);
            yield return Variable("TARGET_SSLKEY", ClientKeyPath);
        }

        if (pod.Authorities is not null)
        {
            yield return Variable("SSL_CERT_FILE", AuthoritiesPath);
        }

        // Several databases may share a volume that persists.
        yield return Variable("WORK", $"{WorkFolder}/{pod.Purpose.ToString().ToLowerInvariant()}");
    }

    IEnumerable<DocumentNode> Volumes(PreflightPod pod) =>
    [
        Projected(Scripts, [Name, .. _module.ConfigMapNames]),
        .. _module.Volumes(),
        .. CertificateVolumes([pod]),
        _options.WorkClaim is { } claim
            ? DocumentMap.Of(("name", Text(Work)), ("persistentVolumeClaim", DocumentMap.Of(("claimName", Text(claim)))))
            : DocumentMap.Of(("name", Text(Work)), ("emptyDir", new DocumentMap([]))),
        DocumentMap.Of(("name", Text("tmp")), ("emptyDir", DocumentMap.Of(("sizeLimit", Text("256Mi"))))),
    ];

    string Jobs => _options.Jobs.ToString(CultureInfo.InvariantCulture);
}
