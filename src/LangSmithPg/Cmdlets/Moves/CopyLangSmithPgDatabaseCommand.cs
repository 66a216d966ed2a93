using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Errors;
using LangSmithPg.Findings;
using LangSmithPg.Moves;

namespace LangSmithPg.Cmdlets.Moves;

/// <summary>
/// Copies a database to another server with pg_dump and pg_restore, after the checks of Test-LangSmithPgMove. The source is only read. If the
/// restore fails, the target is emptied again.
/// </summary>
[Cmdlet(VerbsCommon.Copy, "LangSmithPgDatabase", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(DatabaseCopy))]
public sealed class CopyLangSmithPgDatabaseCommand : MoveCmdlet
{
    const int ActivityId = 2;
    const string Activity = "Copying a database";

    /// <summary>The folder that contains pg_dump and pg_restore. By default, PATH is searched, and then the folders of PostgreSQL's installers.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? PgBinPath { get; set; }

    /// <summary>The folder for the dump, which is kept, so that the copy can be continued. By default, a temporary folder that is removed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? WorkPath { get; set; }

    /// <summary>The number of tables that are dumped and restored at a time; each is a connection.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int Jobs { get; set; } = 4;

    /// <summary>Copy although other sessions use the source, or a check that cannot damage anything failed or is unknown.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Do not empty the target if the restore fails or is stopped.</summary>
    [Parameter]
    public SwitchParameter KeepPartial { get; set; }

    private protected override void Process(PgConnectionString source, PgConnectionString target)
    {
        var clock = Stopwatch.StartNew();
        var (from, to) = LookAtBoth(source, target);
        var report = MoveEvaluator.Evaluate(from, to, Today);
        var workPath = WorkPath is null ? null : GetUnresolvedProviderPathFromPSPath(WorkPath);
        var resumes = to is { Observation.Facts: { } server, Facts: { } facts } && Postgres.Moves.WorkFolder.WasRestoringInto(workPath, DatabaseIdentity.Of(new(target, server, facts)));
        var blockers = CopyBlockers.Find(report, Force, resumes);
        if (blockers.Count > 0 || from.Facts is null || to.Facts is null)
        {
            WriteError(ErrorRecords.MoveNotReady(target.Target, blockers));
            return;
        }

        foreach (var finding in report.Findings.Where(finding => finding.Status is FindingStatus.Fail or FindingStatus.Warning && !(resumes && finding.Id == "Move.TargetEmpty")))
        {
            WriteWarning($"{target.Target}: {finding.Id}: {finding.Message}");
        }

        var size = ByteSize.Text(from.Facts.Size);
        var action = string.Create(CultureInfo.InvariantCulture,
            $"{(resumes ? "Empty it of the restore that was interrupted, and copy" : "Copy")} {source.Target} into it ({size}, {Listing.Count(from.Facts.TableCount, "table")})");
        if (this.IsConfirmed(() => ShouldProcess(target.Target, action), target.Target))
        {
            Copy(from, to, [.. report.Findings.Where(finding => finding.Status > FindingStatus.Pass)], clock.Elapsed, workPath);
        }
    }

    void Copy(MoveLook from, MoveLook to, IReadOnlyList<Finding> findings, TimeSpan checkTime, string? workPath)
    {
        var (source, target) = (from.Observation.Connection, to.Observation.Connection);
        var tools = PgBinPath is null ? null : GetUnresolvedProviderPathFromPSPath(PgBinPath);
        try
        {
            WriteObject(AwaitWith((post, cancellationToken) => Postgres.Moves.DatabaseCopyRun.RunAsync(
                new(from, OptionsFor(source, message => Post(post, () => WriteVerbose(message))), to, OptionsFor(target, message => Post(post, () => WriteVerbose(message))))
                {
                    Jobs = Jobs,
                    KeepsPartial = KeepPartial,
                    Force = Force,
                    ToolFolder = tools,
                    WorkPath = workPath,
                    CheckTime = checkTime,
                    Findings = findings,
                    OnProgress = progress => Post(post, () => ShowProgress(target, progress)),
                    OnWarning = message => post(() => Warn(message)),
                },
                cancellationToken)));
        }
        catch (MoveException exception)
        {
            WriteError(exception.ToErrorRecord(target.Target));
        }
        finally
        {
            if (!StopToken.IsCancellationRequested)
            {
                WriteProgress(new(ActivityId, Activity, target.Target) { RecordType = ProgressRecordType.Completed });
            }
        }
    }

    // While the target is emptied after Ctrl+C, PowerShell takes no more output, and must not end the wait for it.
    void Post(Action<Action> post, Action write) => post(() => WriteUnlessStopped(write));

    bool WriteUnlessStopped(Action write)
    {
        try
        {
            if (!StopToken.IsCancellationRequested)
            {
                write();
                return true;
            }
        }
        catch (PipelineStoppedException)
        {
            // It was stopped just now.
        }

        return false;
    }

    // What became of the target is told after Ctrl+C, too: the host still shows it.
    void Warn(string message)
    {
        if (WriteUnlessStopped(() => WriteWarning(message)))
        {
            return;
        }

        try
        {
            Host.UI?.WriteWarningLine(VisibleText.Of(message));
        }
        catch (Exception exception) when (exception is System.Management.Automation.Host.HostException or NotImplementedException or NotSupportedException or PipelineStoppedException)
        {
            // Nobody is there to read it.
        }
    }

    void ShowProgress(PgConnectionString target, MoveProgress progress)
    {
        var status = progress switch
        {
            { Phase: "Dump", Table: { } table } => $"Dump: table {table}, {progress.Done} of {progress.Total}",
            { Phase: "Restore", Table: { } table } => $"Restore: table {table}, {progress.Done} of {progress.Total}",
            _ => $"{progress.Phase}: {target.Target}",
        };
        WriteProgress(new(ActivityId, Activity, status) { PercentComplete = progress.Total > 0 ? (int)(100 * progress.Done / progress.Total) : -1 });
    }
}
