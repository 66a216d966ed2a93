using System.Management.Automation;
using LangSmithPg.Connections;
using LangSmithPg.Readiness;

namespace LangSmithPg.Commands;

/// <summary>Tests whether a database is ready for LangSmith, before anything is installed.</summary>
[Cmdlet(VerbsDiagnostic.Test, "LangSmithPgReadiness", DefaultParameterSetName = ConnectionSet)]
[OutputType(typeof(ReadinessReport), typeof(bool))]
public sealed class TestLangSmithPgReadinessCommand : ConnectionCmdlet
{
    /// <summary>Give true or false alone.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>
    /// Prove it: do what LangSmith's migrations will do, in a transaction that is rolled back. Nothing stays; locks are held for moments.
    /// </summary>
    [Parameter]
    public SwitchParameter Rehearse { get; set; }

    private protected override void Process(PgConnectionString connection)
    {
        var report = ReadinessJudge.Judge(Look(connection, askFacts: true, Rehearse), DateOnly.FromDateTime(DateTime.UtcNow));
        WriteObject(Quiet ? report.IsReady : report);
    }
}
