using System.Management.Automation;
using LangSmithPg.Binding;
using LangSmithPg.Cmdlets.Readiness;
using LangSmithPg.Cmdlets.Reports;
using LangSmithPg.Connections;
using LangSmithPg.Errors;
using LangSmithPg.Health;
using LangSmithPg.Readiness;

namespace LangSmithPg.Cmdlets.Health;

/// <summary>Tests the health of running servers and databases: what an administrator looks at before users notice. Many are tested at a time.</summary>
[Cmdlet(VerbsDiagnostic.Test, "LangSmithPgHealth", DefaultParameterSetName = ConnectionSet)]
[OutputType(typeof(ReadinessReport), typeof(bool))]
public sealed class TestLangSmithPgHealthCommand : ReportCmdlet
{
    IReadOnlyList<ReadinessReport>? _baseline;

    /// <summary>Earlier reports of this cmdlet, which Export-LangSmithPgReport wrote as JSON: how much the databases have grown since.</summary>
    [Parameter]
    [AllowEmptyCollection]
    [PathColumn("Path", "FilePath", "LiteralPath", "FullName", "PSPath")]
    public string[]? Baseline { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (Baseline is [] || Baseline?.Any(PathColumnAttribute.IsUnreadable) == true)
        {
            ThrowTerminatingError(ErrorRecords.NotAPath(nameof(Baseline)));
        }

        _baseline = Baseline is null ? null : [.. Baseline.SelectMany(this.Resolve).SelectMany(path => this.ReadReport(path).Databases)];
    }

    private protected override ReportKind Kind => ReportKind.Health;

    private protected override async Task<ReadinessReport> EvaluateAsync(PgConnectionString connection, Action<string> say, CancellationToken stopping) =>
        HealthEvaluator.Evaluate(await Postgres.Health.HealthCheck.LookAsync(connection, OptionsFor(connection, say), stopping), Today, ConnectionBudget?.For(connection), _baseline);
}
