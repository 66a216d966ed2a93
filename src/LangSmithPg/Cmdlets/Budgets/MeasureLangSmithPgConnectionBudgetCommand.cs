using System.Management.Automation;
using LangSmithPg.Binding;
using LangSmithPg.Budgets;
using LangSmithPg.Charts;
using LangSmithPg.Cmdlets.Charts;
using LangSmithPg.Cmdlets.Helm;
using LangSmithPg.Completion;
using LangSmithPg.Connections;
using LangSmithPg.Errors;
using LangSmithPg.Helm.Linting;
using LangSmithPg.Iam;
using LangSmithPg.Tls;

namespace LangSmithPg.Cmdlets.Budgets;

/// <summary>Counts the connections that a LangSmith release may open to each PostgreSQL server, and tests whether the servers have enough.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "LangSmithPgConnectionBudget", DefaultParameterSetName = VersionSet)]
[OutputType(typeof(ConnectionBudget))]
public sealed class MeasureLangSmithPgConnectionBudgetCommand : ChartCmdlet
{
    const string VersionSet = "ChartVersion";
    const string ChartSet = "Chart";

    readonly ValuesInput _values;
    readonly AccessTokenCache _tokens = new(static (request, cancellationToken) => Cloud.AccessTokens.AcquireAsync(request, cancellationToken), TimeProvider.System);
    LintChart? _chart;
    CaBundle? _authorities;

    /// <summary>Creates the cmdlet.</summary>
    public MeasureLangSmithPgConnectionBudgetCommand() => _values = new(this);

    /// <summary>
    /// The values files of the release, in the order of Helm's -f: a later one wins. From the pipeline also the text itself, as "helm get values"
    /// gives it. Without any, the chart's own values.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FilePath", "LiteralPath", "FullName", "PSPath")]
    [AllowEmptyString]
    [PathColumn("Path", "FilePath", "LiteralPath", "FullName", "PSPath")]
    public string[]? Path { get; set; }

    /// <summary>The moment to count for: the start of the release, the maximum of its autoscalers, or an upgrade under full load.</summary>
    [Parameter]
    [OptionalText(typeof(BudgetMoment), IsColumn = true)]
    public BudgetMoment At { get; set; } = BudgetMoment.Default;

    /// <summary>The connections to the servers of the release, one for each database: how many connections they have is read there.</summary>
    [Parameter]
    [Alias("ConnectionString")]
    [NullConnection]
    public ConnectionInput[] Connection { get; set; } = [];

    /// <summary>The CA certificates to verify the servers with: files, folders, certificates, or a Secret of New-LangSmithCaSecret.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Rehydrated]
    public CaBundleInput[] CaCertificate { get; set; } = [];

    /// <summary>The maximum time to wait for each server, in seconds.</summary>
    [Parameter]
    [ValidateRange(0.1, 86_400)]
    public double TimeoutSeconds { get; set; } = 15;

    /// <summary>The version of the LangSmith chart; the newest stable one that is known by default.</summary>
    [Parameter(ParameterSetName = VersionSet)]
    [ArgumentCompleter(typeof(ChartVersionCompleter))]
    [ChartVersionText]
    public override ChartVersion ChartVersion { get; set; } = ChartCatalogue.NewestStable;

    /// <summary>A chart to count for: its folder, its archive (.tgz), or a file of "helm show values".</summary>
    [Parameter(ParameterSetName = ChartSet, Mandatory = true)]
    public override string? Chart { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _chart = GetChart();
        try
        {
            _authorities = Wait(CaBundleInput.Reader(CaCertificate, GetUnresolvedProviderPathFromPSPath));
        }
        catch (CertificateException exception)
        {
            ThrowTerminatingError(exception.Problem.ToErrorRecord());
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (MyInvocation.ExpectingInput || MyInvocation.BoundParameters.ContainsKey(nameof(Path)))
        {
            _values.Add(Path);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_values.Read() is not { } files)
        {
            return;
        }

        List<BudgetedServer> seen = [];
        foreach (var connection in Accept(Connection).Concat(AcceptRest()))
        {
            var observation = Await((say, cancellationToken) => Postgres.Servers.ServerSession.GatherFactsAsync(connection, OptionsFor(connection, say), cancellationToken));
            if (observation.Failure is { } failure)
            {
                WriteError(failure.ToErrorRecord(connection.Target));
            }
            else if (observation.Facts is { } facts)
            {
                seen.Add(new(connection, facts));
            }
        }

        var budget = ConnectionBudgets.Count(_chart!, files, At, seen);
        foreach (var workload in budget.Workloads)
        {
            WriteVerbose($"{workload.Database}: {workload}; pods: {workload.PodsSource}, pool: {workload.PoolSource}.");
        }

        WriteObject(budget);
    }

    Postgres.Servers.SessionOptions OptionsFor(PgConnectionString connection, Action<string> say) => new()
    {
        Timeout = TimeSpan.FromSeconds(TimeoutSeconds),
        AcquireToken = async (host, cancellationToken) =>
        {
            say($"{connection.Target}: Requesting an access token from {connection.IamAuthProvider}.");
            return await _tokens.GetAsync(TokenRequest.For(connection.IamAuthProvider!.Value, host, connection.UserName), cancellationToken);
        },
        Authorities = _authorities,
        Log = message => say($"{connection.Target}: {message}"),
    };
}
