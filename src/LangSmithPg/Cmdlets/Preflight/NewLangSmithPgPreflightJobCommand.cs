using System.Management.Automation;
using LangSmithPg.Binding;
using LangSmithPg.Cmdlets.Helm;
using LangSmithPg.Connections;
using LangSmithPg.Databases;
using LangSmithPg.Errors;
using LangSmithPg.Helm;
using LangSmithPg.Helm.Linting;
using LangSmithPg.Kubernetes;
using LangSmithPg.Preflight;

namespace LangSmithPg.Cmdlets.Preflight;

/// <summary>Makes a Kubernetes Job that tests in the cluster, as LangSmith's pods will be there, whether its databases are ready.</summary>
[Cmdlet(VerbsCommon.New, "LangSmithPgPreflightJob", DefaultParameterSetName = ValuesSet)]
[OutputType(typeof(PreflightJob))]
public sealed class NewLangSmithPgPreflightJobCommand : JobCmdlet
{
    const string ValuesSet = "Values";
    const string PathSet = "Path";

    readonly List<string> _paths = [];
    readonly List<IReadOnlyList<PreflightPod>> _found = [];
    readonly HashSet<string> _names = [];
    LintChart? _chart;

    /// <summary>The values that go to Helm, as New-LangSmithHelmValues gives them; or a connection, in any form, that lies in its usual Secret.</summary>
    [Parameter(ParameterSetName = ValuesSet, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Values", "Connection")]
    public PreflightInput InputObject { get; set; } = null!;

    /// <summary>The values files that go to Helm, in the order of its -f.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FilePath", "LiteralPath", "FullName", "PSPath")]
    [AllowEmptyCollection]
    [AllowEmptyString]
    [AllowNull]
    [PathColumn]
    public string[]? Path { get; set; }

    /// <summary>The databases to test; all by default that are used under the values and are on servers of yours.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public DatabasePurpose[] Purpose { get; set; } = [];

    /// <summary>Name of the job.</summary>
    [Parameter]
    public string Name { get; set; } = PreflightOptions.DefaultName;

    /// <summary>Make the service account too, for Helm to take over: before the first installation it is not there.</summary>
    [Parameter]
    public SwitchParameter IncludeServiceAccount { get; set; }

    /// <summary>Prove it: do what LangSmith's migrations will do, in a transaction that is rolled back.</summary>
    [Parameter]
    public SwitchParameter Rehearse { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _chart = GetChart();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == PathSet)
        {
            _paths.AddRange(this.RequirePaths(Path).SelectMany(this.ResolveFiles));
            return;
        }

        if (InputObject.Refusal is { } refusal)
        {
            WriteError(refusal);
            return;
        }

        if (InputObject.Values is { } values)
        {
            Find(values, Purpose);
        }
        else if (Accept(InputObject.Connection!, new() { Purpose = Purpose is [var one] ? one : null }) is { } connection)
        {
            Find(connection);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (ParameterSetName == PathSet && this.ReadFiles(_paths) is { } files)
        {
            Find(files, Purpose);
        }

        foreach (var pods in _found)
        {
            Make(pods);
        }
    }

    void Find(PgConnectionString connection)
    {
        try
        {
            Find(
                connection.Purpose == DatabasePurpose.LangSmith
                    ? ConnectionValues.ForSecret(connection, KubernetesSecret.DefaultConnectionName)
                    : DatabaseOverlay.Create(connection, _chart!, DatabaseSecrets.DefaultName(connection.Purpose)),
                Purpose.Length == 0 ? [connection.Purpose] : Purpose);
        }
        catch (DatabaseNotSupportedException exception)
        {
            WriteError(ErrorRecords.DatabaseNotSupported(exception, connection.Target));
        }
    }

    // Read as Helm will: what is written is what counts.
    void Find(HelmValues values, DatabasePurpose[] purposes) =>
        Find([Yaml.Linting.ValuesFileReader.Read("values", Yaml.YamlText.Write(values.ToDocument()))], purposes);

    void Find(List<ValuesFile> files, DatabasePurpose[] purposes)
    {
        try
        {
            RequireReleaseName();
            var pods = PreflightPods.Find(files, _chart!, ReleaseName, purposes);
            foreach (var pod in pods.Where(pod => pod.IsSecretOfChart))
            {
                WriteWarning($"The values do not specify an existing Secret{For(pod, pods)}. The connection comes from {pod.Connection.First()}, which the chart creates: it does not exist before the release is installed.");
            }

            // Helm would never take over an account that the chart does not make.
            foreach (var pod in pods.Where(pod => IncludeServiceAccount && !pod.IsAccountOfChart && ServiceAccountName is null).DistinctBy(pod => pod.AccountName))
            {
                WriteWarning($"The chart does not create the service account {pod.AccountName}, because {pod.AccountValues}.create is false. The manifest does not create it either.");
            }

            _found.Add(pods);
        }
        catch (PreflightException exception)
        {
            WriteError(exception.ToErrorRecord(files[^1].Path));
        }
        catch (InvalidNameException exception)
        {
            WriteError(ErrorRecords.InvalidName(exception));
        }
    }

    void Make(IReadOnlyList<PreflightPod> pods)
    {
        try
        {
            var makesAccount = IncludeServiceAccount && (ServiceAccountName is not null || pods.Any(pod => pod.IsAccountOfChart));
            var job = Named(pods, Options(pods, makesAccount));
            if (makesAccount && job.Namespace is null)
            {
                WriteError(ErrorRecords.NamespaceMissing(job.ServiceAccountName));
                return;
            }

            foreach (var database in job.Databases)
            {
                WriteVerbose($"{database} runs as {database.ServiceAccountName}, with the connection from Secret {database.Connection[0]}; module {job.Module}.");
            }

            WriteObject(job);
        }
        catch (InvalidNameException exception)
        {
            WriteError(ErrorRecords.InvalidName(exception));
        }
    }

    // In one namespace, a Job of the same name replaces another. As in one manifest, the first has the name itself, and the others the purpose after it.
    PreflightJob Named(IReadOnlyList<PreflightPod> pods, PreflightOptions options)
    {
        options = _found.Count == 1 ? options : options with { SelectedBy = Name };
        var name = _names.Count == 0 ? Name : $"{Name}-{PreflightJob.Suffix(pods[0])}";
        for (var number = 1; ; number++)
        {
            var job = new PreflightJob(pods, options with { Name = number == 1 ? name : $"{name}-{number}" });
            if (!_names.Overlaps(job.JobNames))
            {
                _names.UnionWith(job.JobNames);
                return job;
            }
        }
    }

    static string For(PreflightPod pod, IReadOnlyList<PreflightPod> pods) => pods.Count == 1 ? "" : $" for {pod.Purpose}";

    PreflightOptions Options(IReadOnlyList<PreflightPod> pods, bool makesAccount) => new()
    {
        Name = Name,
        Namespace = Namespace,
        Image = Image,
        ImagePullSecrets = ImagePullSecret,
        AccountName = ServiceAccountName,
        IncludeAccount = makesAccount,
        PodLabels = ReadLabels(),
        RunAsUser = RunAsUser,
        Module = GetModule(withTokens: pods.Any(pod => pod.UsesIam)),
        ModuleVersion = ModulePacking.Version,
        Rehearse = Rehearse,
        TimeoutSeconds = TimeoutSeconds,
    };
}
