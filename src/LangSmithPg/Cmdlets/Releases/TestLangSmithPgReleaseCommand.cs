using System.Management.Automation;
using LangSmithPg.Binding;
using LangSmithPg.Charts;
using LangSmithPg.Cmdlets.Charts;
using LangSmithPg.Cmdlets.Helm;
using LangSmithPg.Cmdlets.Readiness;
using LangSmithPg.Completion;
using LangSmithPg.Connections;
using LangSmithPg.Helm.Linting;
using LangSmithPg.Readiness;
using LangSmithPg.Releases;

namespace LangSmithPg.Cmdlets.Releases;

/// <summary>Tests all databases of a LangSmith release: the values, the Secrets that they name, and the live servers, as the pods use them.</summary>
[Cmdlet(VerbsDiagnostic.Test, "LangSmithPgRelease", DefaultParameterSetName = VersionSet)]
[OutputType(typeof(ReleaseReport), typeof(bool))]
public sealed class TestLangSmithPgReleaseCommand : ServerCmdlet
{
    const string VersionSet = "ChartVersion";
    const string ChartSet = "Chart";

    readonly ValuesInput _values;
    LintChart _chart = null!;
    AcceptedFindings _accepted = AcceptedFindings.None;
    ReleaseSecrets? _secrets;

    /// <summary>Creates the cmdlet.</summary>
    public TestLangSmithPgReleaseCommand() => _values = new(this);

    /// <summary>
    /// The values files of the release, in the order of Helm's -f: a later one wins. From the pipeline also the text itself, as "helm get values"
    /// gives it.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FilePath", "LiteralPath", "FullName", "PSPath")]
    [AllowEmptyCollection]
    [AllowEmptyString]
    [AllowNull]
    [PathColumn("Path", "FilePath", "LiteralPath", "FullName", "PSPath")]
    public string[]? Path { get; set; }

    /// <summary>
    /// The Secrets that the values name: objects of New-LangSmithPgSecret, files with manifests, or what "kubectl get secret -o json" prints. The
    /// connection of a database whose Secret is missing is not known.
    /// </summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyCollection]
    public object?[]? Secret { get; set; } = [];

    /// <summary>The version of the LangSmith chart; the newest stable one that is known by default.</summary>
    [Parameter(ParameterSetName = VersionSet)]
    [ArgumentCompleter(typeof(ChartVersionCompleter))]
    [ChartVersionText]
    public ChartVersion ChartVersion { get; set; } = ChartCatalogue.NewestStable;

    /// <summary>The chart itself, in place of its version: its folder, its archive (.tgz), or a file of "helm show values".</summary>
    [Parameter(ParameterSetName = ChartSet, Mandatory = true)]
    public string? Chart { get; set; }

    /// <summary>The databases to test; all by default.</summary>
    [Parameter]
    public DatabasePurpose[] Purpose { get; set; } = [];

    /// <summary>
    /// Run what LangSmith's migrations will run in its own database, in a transaction that is rolled back. Nothing remains; locks are held only
    /// briefly.
    /// </summary>
    [Parameter]
    public SwitchParameter Rehearse { get; set; }

    /// <summary>
    /// Files of findings that are accepted as they are, with the reason and the last day. They are shown, but do not count.
    /// </summary>
    [Parameter]
    [AllowEmptyCollection]
    [PathColumn("Path", "FilePath", "LiteralPath", "FullName", "PSPath")]
    public string[]? AcceptedFinding { get; set; }

    /// <summary>Return only true or false.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _chart = this.GetChart(ChartVersion, Chart);
        _accepted = this.ReadAcceptedFindings(AcceptedFinding);
        _secrets = new SecretInput(this).Read(Secret ?? [null]) is { } secrets ? new(secrets) : null;
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _values.Add(Path);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_values.Read() is not { } files || _secrets is not { } known)
        {
            return;
        }

        IReadOnlyList<ResolvedDatabase> databases =
            [.. ReleaseConnections.Find(_chart, files, known).Where(one => Purpose.Length == 0 || Purpose.Contains(one.Database.Purpose))];
        foreach (var connection in databases.Select(one => one.Connection).OfType<PgConnectionString>())
        {
            WarnOfStrangers(connection);
        }

        // At the same time: there are few, and one may wait for its time limit.
        var reports = Await((say, cancellationToken) => Task.WhenAll(databases.Select(database => TestAsync(database, say, cancellationToken))));
        foreach (var report in reports)
        {
            _accepted.Observe(report);
        }

        var release = ReleaseEvaluator.Evaluate(_chart, files, reports);
        WriteVerbose($"{release}");
        if (Quiet)
        {
            WriteObject(release.IsReady);
        }
        else
        {
            WriteObject(release);
        }

        this.WarnOfUnmatched(_accepted);
    }

    private protected override bool TakesToken(PgConnectionString connection) => connection.IamAuthProvider is not null;

    // The other databases have no setting for one.
    private protected override bool TakesClientCertificate(PgConnectionString connection) => connection.Purpose == DatabasePurpose.LangSmith;

    // As the pods: a CA certificate that is mounted is used by who asks for the system's.
    private protected override bool TakesAuthorities(PgConnectionString connection) => connection is { SslMode: SslMode.VerifyFull, UsesSystemRootCertificate: true };

    async Task<ReadinessReport> TestAsync(ResolvedDatabase database, Action<string> say, CancellationToken stopping)
    {
        var live = database.Connection is null ? null : await EvaluateAsync(database.Connection, size: null, Rehearse, force: false, say, stopping);
        return _accepted.Apply(ReleaseEvaluator.Evaluate(database, live), Today);
    }
}
