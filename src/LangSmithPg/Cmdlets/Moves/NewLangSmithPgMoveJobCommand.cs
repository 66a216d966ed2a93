using System.Management.Automation;
using LangSmithPg.Binding;
using LangSmithPg.Cmdlets.Helm;
using LangSmithPg.Cmdlets.Preflight;
using LangSmithPg.Connections;
using LangSmithPg.Errors;
using LangSmithPg.Helm;
using LangSmithPg.Helm.Linting;
using LangSmithPg.Kubernetes;
using LangSmithPg.Moves;
using LangSmithPg.Moves.Job;
using LangSmithPg.Preflight;

namespace LangSmithPg.Cmdlets.Moves;

/// <summary>
/// Makes Kubernetes Jobs that move databases from the PostgreSQL servers that the chart installed, which can be reached only in the cluster, to
/// servers of yours, and tells what to do before and after.
/// </summary>
[Cmdlet(VerbsCommon.New, "LangSmithPgMoveJob")]
[OutputType(typeof(MoveJob))]
public sealed class NewLangSmithPgMoveJobCommand : JobCmdlet
{
    const string TargetFile = "external-values.yaml";

    readonly List<string> _targetPaths = [];
    LintChart? _chart;
    ValuesInput? _values;

    /// <summary>
    /// The values files with which the release is installed now, in the order of Helm's -f; or the text of "helm get values" from the pipeline.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FilePath", "LiteralPath", "FullName", "PSPath")]
    [AllowEmptyCollection]
    [AllowEmptyString]
    [AllowNull]
    [PathColumn]
    public string[]? Path { get; set; }

    /// <summary>
    /// The values files that are added to those of the release after the move, in the order of Helm's -f. They name the Secrets of the new databases, and
    /// their certificates. By default, the Secrets have the names that New-LangSmithPgSecret gives them.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? TargetPath { get; set; }

    /// <summary>The Secret with the connection to the new database, in place of -TargetPath; for one database only.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TargetSecretName { get; set; }

    /// <summary>The databases to move; all by default that the chart has installed in the cluster.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public DatabasePurpose[] Purpose { get; set; } = [];

    /// <summary>Name of the job.</summary>
    [Parameter]
    public string Name { get; set; } = MoveOptions.DefaultName;

    /// <summary>
    /// An image with pg_dump, pg_restore and psql, not older than the source. Those of PostgreSQL 17 and later need a target of 17 or later. By default,
    /// postgres:16, or that of the source where it is newer.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CopyImage { get; set; }

    /// <summary>A PersistentVolumeClaim for the dump, with which a copy that was cut off is continued; by default a volume of the pod's node.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? WorkVolumeClaim { get; set; }

    /// <summary>The number of tables that are copied and compared at a time.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int Jobs { get; set; } = 4;

    /// <summary>Copy although other sessions use the source. What they write meanwhile is not in the target.</summary>
    [Parameter]
    public SwitchParameter AllowActiveSource { get; set; }

    /// <summary>Do not empty the target if the copy fails.</summary>
    [Parameter]
    public SwitchParameter KeepPartial { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _chart = GetChart();
        _values = new(this);
        if (TargetPath is not null && TargetSecretName is not null)
        {
            ThrowTerminatingError(ErrorRecords.TargetPathAndSecret());
        }

        _targetPaths.AddRange((TargetPath ?? []).SelectMany(this.ResolveFiles));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _values!.Add(Path);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_values!.Read() is not { } files || this.ReadFiles(_targetPaths) is not { } targets)
        {
            return;
        }

        try
        {
            RequireReleaseName();
            WriteObject(Make(files, targets));
        }
        catch (PreflightException exception)
        {
            WriteError(exception.ToErrorRecord(files[^1].Path));
        }
        catch (MoveException exception)
        {
            WriteError(exception.ToErrorRecord(ReleaseName));
        }
        catch (InvalidNameException exception)
        {
            WriteError(ErrorRecords.InvalidName(exception));
        }
    }

    MoveJob Make(IReadOnlyList<ValuesFile> files, List<ValuesFile> targets)
    {
        var installed = PreflightPods.FindInstalled(files, _chart!, ReleaseName, Purpose);
        if (TargetSecretName is not null && installed.Count > 1)
        {
            throw new MoveException(
                MoveProblemKind.SeveralTargets, $"-TargetSecretName names one Secret, and the release has several databases in the cluster: {string.Join(", ", installed.Select(one => one.Pod.Purpose))}.",
                "Specify one database with -Purpose, or name the Secrets in values files and specify them with -TargetPath.");
        }

        var pairs = targets.Count > 0
            ? MoveTargets.Find(installed, [.. files, .. targets], _chart!, ReleaseName)
            : [.. installed.Select(one => MoveTargets.Of(one, TargetSecretName))];
        var input = new LintInput(files, new(files), _chart!);
        var job = new MoveJob([.. pairs.Select(pair => pair.Database)], [.. pairs.Select(pair => pair.Target)], Options())
        {
            Workloads = MoveWorkloads.Find(input, new(input, ReleaseName), [.. installed.Select(one => one.Database)]),
            Release = new()
            {
                ReleaseName = ReleaseName,
                ChartVersion = _chart!.Version,
                ValuesFiles = _values!.IsText ? [] : [.. _values.Paths.Select(Near)],
                TargetFiles = targets.Count > 0 ? [.. _targetPaths.Select(Near)] : [TargetFile],
                TargetValues = targets.Count > 0 ? null : Yaml.YamlText.Write(ValuesOf(pairs).ToDocument()),
            },
        };
        foreach (var database in job.Databases)
        {
            WriteVerbose($"{database}; job {database.JobName} runs as {job.ServiceAccountName}, module {job.Module}.");
        }

        return job;
    }

    // As a command names it in the current folder.
    string Near(string path)
    {
        var relative = System.IO.Path.GetRelativePath(SessionState.Path.CurrentFileSystemLocation.ProviderPath, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative.Replace('\\', '/');
    }

    static HelmValues ValuesOf(IEnumerable<(InstalledDatabase Database, SecretReference Target)> pairs) => pairs.Aggregate(HelmValues.Empty, (values, pair) => values
        .With(pair.Database.Database.ValuesPath.Child("enabled"), true)
        .With(pair.Database.Database.ValuesPath.Child("existingSecretName"), pair.Target.Name));

    MoveOptions Options() => new()
    {
        Name = Name,
        Namespace = Namespace,
        Image = Image,
        CopyImage = CopyImage,
        AccountName = ServiceAccountName,
        PodLabels = ReadLabels(),
        ImagePullSecrets = ImagePullSecret,
        RunAsUser = RunAsUser,
        // A move logs in with passwords.
        Module = GetModule(withTokens: false),
        ModuleVersion = ModulePacking.Version,
        WorkClaim = WorkVolumeClaim,
        Jobs = Jobs,
        Force = AllowActiveSource,
        KeepPartial = KeepPartial,
        TimeoutSeconds = TimeoutSeconds,
    };
}
