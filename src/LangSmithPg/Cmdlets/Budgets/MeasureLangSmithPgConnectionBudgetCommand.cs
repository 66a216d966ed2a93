using System.Management.Automation;
using LangSmithPg.Binding;
using LangSmithPg.Budgets;
using LangSmithPg.Charts;
using LangSmithPg.Cmdlets.Charts;
using LangSmithPg.Cmdlets.Helm;
using LangSmithPg.Completion;
using LangSmithPg.Connections;
using LangSmithPg.Helm.Linting;

namespace LangSmithPg.Cmdlets.Budgets;

/// <summary>Counts the connections that a LangSmith release may open to each PostgreSQL server, and tests whether the servers have enough.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "LangSmithPgConnectionBudget", DefaultParameterSetName = VersionSet)]
[OutputType(typeof(ConnectionBudget))]
public sealed class MeasureLangSmithPgConnectionBudgetCommand : ServerCmdlet
{
    const string VersionSet = "ChartVersion";
    const string ChartSet = "Chart";

    readonly ValuesInput _values;
    LintChart _chart = null!;

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

    /// <summary>The version of the LangSmith chart; the newest stable one that is known by default.</summary>
    [Parameter(ParameterSetName = VersionSet)]
    [ArgumentCompleter(typeof(ChartVersionCompleter))]
    [ChartVersionText]
    public ChartVersion ChartVersion { get; set; } = ChartCatalogue.NewestStable;

    /// <summary>A chart to count for: its folder, its archive (.tgz), or a file of "helm show values".</summary>
    [Parameter(ParameterSetName = ChartSet, Mandatory = true)]
    public string? Chart { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _chart = this.GetChart(ChartVersion, Chart);
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
            WarnOfStrangers(connection);
            if (FactsOf(connection) is { } facts)
            {
                seen.Add(new(connection, facts));
            }
        }

        var budget = ConnectionBudgets.Count(_chart, files, At, seen);
        foreach (var workload in budget.Workloads)
        {
            WriteVerbose($"{workload.Database}: {workload}; pods: {workload.PodsSource}, pool: {workload.PoolSource}.");
        }

        WriteObject(budget);
    }

    // Several servers are asked: a token or a certificate is for those that the release gives one.
    private protected override bool TakesToken(PgConnectionString connection) => connection.IamAuthProvider is not null;

    private protected override bool TakesClientCertificate(PgConnectionString connection) => connection.Purpose == DatabasePurpose.LangSmith;
}
