using System.Management.Automation;
using LangSmithPg.Binding;
using LangSmithPg.Connections;
using LangSmithPg.Readiness;

namespace LangSmithPg.Cmdlets.Readiness;

/// <summary>Tests whether databases are ready for LangSmith, before anything is installed. Many are tested at a time.</summary>
[Cmdlet(VerbsDiagnostic.Test, "LangSmithPgReadiness", DefaultParameterSetName = ConnectionSet)]
[OutputType(typeof(ReadinessReport), typeof(bool))]
public sealed class TestLangSmithPgReadinessCommand : ReportCmdlet
{
    /// <summary>
    /// Run what LangSmith's migrations will run, in a transaction that is rolled back. Nothing remains; locks are held only briefly.
    /// </summary>
    [Parameter]
    public SwitchParameter Rehearse { get; set; }

    /// <summary>Rehearse even as an administrator in a schema in which others may create objects.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>The number of vCPUs that you know the server to have; not available through SQL.</summary>
    [Parameter]
    [ValidateRange(1, 4096)]
    public int? VCpu { get; set; }

    /// <summary>The memory in bytes that you know the server to have at least, such as 8GB; not available through SQL.</summary>
    [Parameter]
    [MemorySize]
    public long? MinimumMemory { get; set; }

    private protected override ReportKind Kind => ReportKind.Readiness;

    private protected override Task<ReadinessReport> EvaluateAsync(PgConnectionString connection, Action<string> say, CancellationToken stopping) =>
        EvaluateAsync(connection, new(VCpu, MinimumMemory) { NeededConnections = ConnectionBudget?.For(connection) }, Rehearse, Force, say, stopping);
}
