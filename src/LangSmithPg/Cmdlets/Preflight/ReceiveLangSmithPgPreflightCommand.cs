using System.Management.Automation;
using LangSmithPg.Binding;
using LangSmithPg.Cmdlets.Readiness;
using LangSmithPg.Errors;
using LangSmithPg.Preflight;
using LangSmithPg.Readiness;

namespace LangSmithPg.Cmdlets.Preflight;

/// <summary>Takes what a preflight job found out of the log of its pod. It asks no cluster.</summary>
[Cmdlet(VerbsCommunications.Receive, "LangSmithPgPreflight", DefaultParameterSetName = LogSet)]
[OutputType(typeof(ReadinessReport))]
public sealed class ReceiveLangSmithPgPreflightCommand : LogCmdlet
{
    AcceptedFindings _accepted = AcceptedFindings.None;

    /// <summary>
    /// Files of findings that are accepted as they are, with the reason and the last day. They are shown, but do not count.
    /// </summary>
    [Parameter]
    [AllowEmptyCollection]
    [PathColumn("Path", "FilePath", "LiteralPath", "FullName", "PSPath")]
    public string[]? AcceptedFinding { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _accepted = this.ReadAcceptedFindings(AcceptedFinding);
    }

    private protected override void Receive(IReadOnlyList<string> lines)
    {
        var runs = PreflightLog.Read(lines);
        var announcements = PreflightLog.ReadAnnouncements(lines);
        if (runs.Count == 0 && announcements.Count == 0)
        {
            WriteError(new PreflightException(
                PreflightProblemKind.NoPreflightResult, $"This log ({lines.Count} line{(lines.Count == 1 ? "" : "s")}) does not contain a preflight result.",
                "Wait until the job is complete. If its pod does not start, run kubectl describe pod to see the reason, such as an image or a volume that is not available, or a service account that does not exist.").ToErrorRecord());
        }

        HashSet<string> received = [];
        foreach (var run in runs)
        {
            try
            {
                Write(run.ToReports());
                received.Add(run.Id);
            }
            catch (PreflightException exception)
            {
                WriteError(exception.ToErrorRecord());
            }
        }

        Write(PreflightAnnouncement.Missing(announcements, received));
        this.WarnOfUnmatched(_accepted);
    }

    void Write(IEnumerable<ReadinessReport> reports)
    {
        foreach (var report in reports.Select(report => _accepted.Apply(report, Today)))
        {
            _accepted.Observe(report);
            WriteObject(report);
        }
    }
}
