using System.Management.Automation;
using LangSmithPg.Binding;
using LangSmithPg.Charts;
using LangSmithPg.Cmdlets.Charts;
using LangSmithPg.Cmdlets.Preflight;
using LangSmithPg.Cmdlets.Readiness;
using LangSmithPg.Completion;
using LangSmithPg.Connections;
using LangSmithPg.Documents;
using LangSmithPg.Errors;
using LangSmithPg.Files;
using LangSmithPg.Helm;
using LangSmithPg.Helm.Linting;
using LangSmithPg.Iam;
using LangSmithPg.Kubernetes;
using LangSmithPg.Preflight;
using LangSmithPg.Readiness;
using LangSmithPg.Reports;
using LangSmithPg.Setup;

namespace LangSmithPg.Cmdlets.Setup;

/// <summary>
/// Tests a database and writes everything that LangSmith needs to use it into a folder: the SQL that makes it ready, Secrets, Helm values, a
/// preflight job, a report, and the commands to run in order.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "LangSmithPgSetup", DefaultParameterSetName = AskSet, SupportsShouldProcess = true)]
[OutputType(typeof(SetupResult))]
public sealed class InvokeLangSmithPgSetupCommand : ConnectionCmdlet
{
    const string AskSet = "Ask";

    readonly List<PgConnectionString> _connections = [];
    LintChart _chart = null!;
    WorkloadIdentity? _identity;
    SetupFolder _output = null!;
    AcceptedFindings _accepted = AcceptedFindings.None;

    /// <summary>The folder of the files; it is created if it does not exist.</summary>
    [Parameter]
    [Alias("Path", "OutputFolder")]
    [ValidateNotNullOrEmpty]
    public string OutputPath { get; set; } = "langsmith-postgres";

    /// <summary>The version of the LangSmith chart; the newest stable one that is known by default.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ChartVersionCompleter))]
    [ChartVersionText]
    public ChartVersion ChartVersion { get; set; } = ChartCatalogue.NewestStable;

    /// <summary>The chart itself, in place of its version: its folder, its archive (.tgz), or a file of "helm show values".</summary>
    [Parameter]
    public string? Chart { get; set; }

    /// <summary>The namespace of LangSmith.</summary>
    [Parameter]
    public string Namespace { get; set; } = "langsmith";

    /// <summary>Name of the Helm release.</summary>
    [Parameter]
    public string ReleaseName { get; set; } = "langsmith";

    /// <summary>The release exists already: the preflight uses its service account instead of creating one.</summary>
    [Parameter]
    public SwitchParameter ExistingRelease { get; set; }

    /// <summary>ARN of the role that the pods log in as, for AWS.</summary>
    [Parameter]
    public string? RoleArn { get; set; }

    /// <summary>E-mail address of the service account that the pods log in as, for Google Cloud.</summary>
    [Parameter]
    public string? ServiceAccount { get; set; }

    /// <summary>Client ID of the managed identity that the pods log in as, for Azure.</summary>
    [Parameter]
    public string? ClientId { get; set; }

    /// <summary>Run what LangSmith's migrations will run, in a transaction that is rolled back. Nothing remains; locks are held only briefly.</summary>
    [Parameter]
    public SwitchParameter Rehearse { get; set; }

    /// <summary>
    /// Files of findings that are accepted as they are, with the reason and the last day. They are shown, but do not count.
    /// </summary>
    [Parameter]
    [AllowEmptyCollection]
    [PathColumn("Path", "FilePath", "LiteralPath", "FullName", "PSPath")]
    public string[]? AcceptedFinding { get; set; }

    /// <summary>Replace values that an existing values.yaml sets otherwise; rehearse even where others may create objects in the schema.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _accepted = this.ReadAcceptedFindings(AcceptedFinding);
        _output = new(this, GetUnresolvedProviderPathFromPSPath(OutputPath).TrimEnd('/', '\\'));
        _chart = this.GetChart(ChartVersion, Chart);
        try
        {
            _ = KubernetesNames.RequireNamespace(Namespace);
            if (!KubernetesNames.IsNamespace(ReleaseName))
            {
                throw new InvalidNameException(ReleaseName, $"'{ReleaseName}' is not a valid Helm release name. Use lowercase letters, digits and '-'.");
            }

            _identity = RoleArn is not null ? WorkloadIdentity.Aws(RoleArn)
                : ServiceAccount is not null ? WorkloadIdentity.Gcp(ServiceAccount)
                : ClientId is not null ? WorkloadIdentity.Azure(ClientId)
                : null;
        }
        catch (InvalidNameException exception)
        {
            ThrowTerminatingError(ErrorRecords.InvalidName(exception));
        }
        catch (FormatException exception)
        {
            ThrowTerminatingError(ErrorRecords.InvalidIdentity(exception));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        if (ParameterSetName == AskSet && new ConnectionQuestions(this).Ask() is { } asked && Accept(asked) is { } answer)
        {
            _connections.Add(answer);
        }

        if (_connections.Count > 1)
        {
            ThrowTerminatingError(ErrorRecords.SeveralConnections(_connections.Select(one => one.Target)));
        }

        foreach (var connection in _connections)
        {
            SetUp(connection);
        }
    }

    private protected override void Process(PgConnectionString connection) => _connections.Add(connection);

    void SetUp(PgConnectionString connection)
    {
        if (_identity is not null && connection.IamAuthProvider != _identity.Provider)
        {
            ThrowTerminatingError(ErrorRecords.OtherIamProvider(connection.IamAuthProvider?.ToString() ?? "a password", _identity));
        }

        WriteProgress(new(activityId: 0, "LangSmithPg setup", $"Testing {connection.Target}"));
        var report = _accepted.Apply(Await((say, stopping) => EvaluateAsync(connection, size: null, Rehearse, Force, say, stopping)), Today);
        _accepted.Observe(report);
        this.WarnOfUnmatched(_accepted);
        WriteProgress(new(activityId: 0, "LangSmithPg setup", $"Writing files to {_output.Path}"));
        Write(connection, report);
        WriteProgress(new(activityId: 0, "LangSmithPg setup", "Done") { RecordType = ProgressRecordType.Completed });
    }

    void Write(PgConnectionString connection, ReadinessReport report)
    {
        var authorities = Authorities is null ? null : new CaSecret(Authorities, CaSecret.DefaultName, Namespace, CaSecret.DefaultKey);
        var client = Client is null ? null : new MtlsSecret(Client, @namespace: Namespace);
        // The pods verify with what is mounted in them, not with files of this machine.
        var mounted = authorities is null && client is null ? connection : connection.WithMountedCertificates();
        WarnOfFiles(mounted, Kubernetes.NewLangSmithPgSecretCommand.FilesFix);
        var secrets = new (string File, IDocument? Document)[]
        {
            (SetupSteps.CaFile, authorities), (SetupSteps.ClientCertificateFile, client), (SetupSteps.SecretFile, KubernetesSecret.ForConnection(mounted, @namespace: Namespace)),
        }.Where(one => one.Document is not null).ToList();

        var values = ValuesFor(mounted, authorities, client);
        var valuesPath = _output.PathOf(SetupSteps.ValuesFile);
        var (job, merged) = JobFor(values, valuesPath);
        SetupSteps steps = new(mounted, report, Shown(_output.Path), ReleaseName, Namespace, _chart.Version)
        {
            Secrets = [.. secrets.Select(one => one.File)],
            Preflight = job,
            AcceptedFindings = AcceptedFinding?.Select(GetUnresolvedProviderPathFromPSPath).ToArray() ?? [],
        };

        _output.Write(SetupSteps.FixFile, steps.FixSql, "SQL that makes the database ready");
        foreach (var (file, document) in secrets)
        {
            _output.Write(file, Yaml.YamlText.Write(document!.ToDocument()), "a Secret", document.HoldsSecrets);
        }

        _output.WriteValues(SetupSteps.ValuesFile, values, merged, Force);
        if (job is not null)
        {
            _output.Write(SetupSteps.PreflightFile, Yaml.YamlText.Write(job.ToDocument()), "a preflight job");
        }

        FleetReport fleet = new($"{FleetReport.DefaultTitle}: {report.Target}", DateTimeOffset.UtcNow, ModulePacking.Version, [report])
        {
            Origin = CheckOrigin.ThisSession(ModulePacking.Version),
        };
        _output.Write(SetupSteps.ReportFile, ReportFormat.Html.Write(fleet), "a report");
        _output.Write(SetupSteps.DataFile, ReportFormat.Json.Write(fleet), "a report");
        _output.Write(SetupSteps.StepsFile, steps.Markdown, "the next steps");
        WriteObject(new SetupResult { Report = report, OutputPath = _output.Path, Files = _output.Files.ToArray(), NextCommands = steps.Next.ToArray() });
    }

    HelmValues ValuesFor(PgConnectionString connection, CaSecret? authorities, MtlsSecret? client)
    {
        var values = ConnectionValues.WithCertificates(ConnectionValues.ForSecret(connection, KubernetesSecret.DefaultConnectionName), authorities, client);
        if (connection.IamAuthProvider is { } provider && !_chart.Features.Contains(ChartFeature.IamAuthProvider))
        {
            ThrowTerminatingError(ErrorRecords.ChartTooOld(new(_chart.Version, ChartFeature.IamAuthProvider, $"IAM ({provider}) for PostgreSQL")));
        }

        if (client is not null)
        {
            if (!_chart.Features.Contains(ChartFeature.ClientCertificate))
            {
                ThrowTerminatingError(ErrorRecords.ChartTooOld(new(_chart.Version, ChartFeature.ClientCertificate, "client certificates for PostgreSQL")));
            }

            // Without its group, no pod can read the key.
            values = PodSecurityValues.ForAll(values, PodSecurityValues.DefaultGroup);
        }

        if (connection.IamAuthProvider is not null && _identity is null)
        {
            WriteWarning($"{connection.Target}: the pods log in with IAM, but no identity is specified for them. Specify -ClientId, -RoleArn or -ServiceAccount, or annotate the service accounts in another way.");
        }

        return _identity is null ? values : IamValues.ForComponents(values, _identity, _chart.Components);
    }

    // The values as they will be, and the preflight that goes with them; null for what cannot be made.
    (PreflightJob? Job, string? Merged) JobFor(HelmValues values, string path)
    {
        try
        {
            var existing = Wait(() => EditedFile.Open(path));
            var edit = Yaml.Editing.ValuesEditor.Apply(existing.Text, values);
            if (edit.Conflicts.Count > 0 && !Force)
            {
                return (null, null);
            }

            var pod = PreflightPods.FindBackend([Yaml.Linting.ValuesFileReader.Read(path, edit.Text)], _chart, ReleaseName);
            return (new([pod], new()
            {
                Namespace = Namespace,
                IncludeAccount = !ExistingRelease && pod.IsAccountOfChart,
                Module = ModuleSource.Of(this.PackModule(withTokens: pod.UsesIam)),
                ModuleVersion = ModulePacking.Version,
                Rehearse = Rehearse,
                // The pod does not wait longer than New-LangSmithPgPreflightJob allows.
                TimeoutSeconds = Math.Min(TimeoutSeconds, 300),
            }), edit.Text);
        }
        catch (PreflightException exception)
        {
            WriteError(exception.ToErrorRecord(path));
        }
        catch (FileEditException exception)
        {
            WriteError(exception.ToErrorRecord(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            WriteError(ErrorRecords.NotEdited(exception, path));
        }

        return (null, null);
    }

    // As short as it can be in commands that are run from here.
    string Shown(string path)
    {
        var relative = Path.GetRelativePath(SessionState.Path.CurrentFileSystemLocation.ProviderPath, path);
        return (relative == "." ? "" : relative.StartsWith("..", StringComparison.Ordinal) ? path : relative).Replace('\\', '/');
    }
}
