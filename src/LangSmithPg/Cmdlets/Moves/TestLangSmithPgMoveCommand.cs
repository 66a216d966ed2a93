using System.Management.Automation;
using LangSmithPg.Binding;
using LangSmithPg.Cmdlets.Readiness;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Moves;
using LangSmithPg.Readiness;

namespace LangSmithPg.Cmdlets.Moves;

/// <summary>Tests whether a database can be moved to another server. Both sides are only read.</summary>
[Cmdlet(VerbsDiagnostic.Test, "LangSmithPgMove")]
[OutputType(typeof(ReadinessReport), typeof(bool))]
public sealed class TestLangSmithPgMoveCommand : MoveCmdlet
{
    AcceptedFindings _accepted = AcceptedFindings.None;

    /// <summary>Return only true or false for each target.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>Omit findings below this status. The report itself is always returned.</summary>
    [Parameter]
    [OptionalText(typeof(FindingStatus), IsColumn = true)]
    public FindingStatus MinimumStatus { get; set; } = FindingStatus.NotApplicable;

    /// <summary>Show every finding, also those that passed, instead of the problems and the next step alone.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    /// <summary>
    /// Files of findings that are accepted as they are, with the reason and the last day. They are shown, but do not count.
    /// </summary>
    [Parameter]
    [AllowEmptyCollection]
    [PathColumn("Path", "FilePath", "LiteralPath", "FullName", "PSPath")]
    public string[]? AcceptedFinding { get; set; }

    /// <summary>The number of vCPUs that you know the target's server to have; not available through SQL.</summary>
    [Parameter]
    [ValidateRange(1, 4096)]
    public int? VCpu { get; set; }

    /// <summary>The memory in bytes that you know the target's server to have at least, such as 8GB; not available through SQL.</summary>
    [Parameter]
    [MemorySize]
    public long? MinimumMemory { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _accepted = this.ReadAcceptedFindings(AcceptedFinding);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        this.WarnOfUnmatched(_accepted);
    }

    private protected override void Process(PgConnectionString source, PgConnectionString target)
    {
        var (from, to) = LookAtBoth(source, target);
        var report = _accepted.Apply(MoveEvaluator.Evaluate(from, to, Today, new(VCpu, MinimumMemory)), Today);
        _accepted.Observe(report);
        foreach (var finding in report.Findings.Where(finding => finding.Status > FindingStatus.Pass))
        {
            WriteVerbose($"{target.Target}: {finding}");
        }

        if (Quiet)
        {
            WriteObject(report.IsReady);
            return;
        }

        WriteObject(ShownReport.Of(report, MinimumStatus, Detailed ? ShownReport.Detailed : null));
    }
}
