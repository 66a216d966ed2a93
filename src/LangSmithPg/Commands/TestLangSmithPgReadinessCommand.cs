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

    private protected override void Process(PgConnectionString connection)
    {
        var report = ReadinessJudge.Judge(Look(connection, askFacts: true), DateOnly.FromDateTime(DateTime.UtcNow));
        WriteObject(Quiet ? report.IsReady : report);
    }
}
