using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using LangSmithPg.Binding;
using LangSmithPg.Budgets;
using LangSmithPg.Common;
using LangSmithPg.Concurrency;
using LangSmithPg.Connections;
using LangSmithPg.Errors;
using LangSmithPg.Readiness;

namespace LangSmithPg.Cmdlets.Readiness;

/// <summary>A cmdlet that tests databases, many at a time, and returns a report of each.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ReportCmdlet : ConnectionCmdlet
{
    static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(250);

    readonly Stopwatch _clock = Stopwatch.StartNew();
    readonly Dictionary<int, ParallelEvent<ReadinessReport>> _waiting = [];
    ParallelRun<PgConnectionString, ReadinessReport> _run = null!;
    AcceptedFindings _accepted = AcceptedFindings.None;
    TimeSpan _lastProgress;
    int _limit;
    int _written;
    int _done;
    int _notReady;

    /// <summary>What the databases are for; the connection's own purpose by default, which is LangSmith itself unless specified.</summary>
    [Parameter]
    [OptionalText(typeof(DatabasePurpose), IsColumn = true)]
    public DatabasePurpose? Purpose { get; set; }

    /// <summary>Return only true or false for each database.</summary>
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

    /// <summary>The budget of Measure-LangSmithPgConnectionBudget: how many connections the release needs of each server, in place of an estimate.</summary>
    [Parameter]
    [Rehydrated]
    public ConnectionBudget? ConnectionBudget { get; set; }

    /// <summary>The maximum number of databases at a time.</summary>
    [Parameter]
    [ValidateRange(1, 512)]
    public int ThrottleLimit { get; set; } = 16;

    /// <summary>Return results in the order of the input, instead of as they are completed.</summary>
    [Parameter]
    public SwitchParameter Ordered { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _accepted = this.ReadAcceptedFindings(AcceptedFinding);
        _limit = OpenFiles.Bound(ThrottleLimit, OpenFiles.Limit());
        if (_limit < ThrottleLimit)
        {
            WriteWarning($"This process can open at most {OpenFiles.Limit()} files and sockets, which is enough for {_limit} databases at a time, not {ThrottleLimit}. Raise the limit with ulimit -n.");
        }

        _run = new(_limit, TestAsync, StopToken);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        _run.Complete();
        while (!_run.IsCompleted)
        {
            if (_run.TryTake(out var next, ProgressInterval))
            {
                Handle(next);
            }

            ShowProgress();
        }

        if (StopToken.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }

        this.WarnOfUnmatched(_accepted);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _run?.Dispose();
        }

        base.Dispose(disposing);
    }

    private protected override DatabasePurpose? PurposeOfAll => Purpose;

    private protected abstract ReportKind Kind { get; }

    private protected override void Process(PgConnectionString connection)
    {
        // Never waits: the whole input is known soon, and with it how much there is to do.
        _run.Add(connection);
        // One database is shown in another way than several: the first result waits until there is a second, or the input ends.
        while (_run.Total > 1 && _run.TryTake(out var next, TimeSpan.Zero))
        {
            Handle(next);
        }
    }

    // Runs beside others of its kind, on any thread.
    private protected abstract Task<ReadinessReport> EvaluateAsync(PgConnectionString connection, Action<string> say, CancellationToken stopping);

    async Task<ReadinessReport> TestAsync(PgConnectionString connection, Action<string> say, CancellationToken stopping)
    {
        var report = _accepted.Apply(await EvaluateAsync(connection, say, stopping), Today);
        say($"{connection.Target}: Evaluated as {report.Verdict}; findings: {report.Findings.Count}, to review: {report.Attention.Count}.");
        foreach (var finding in report.Findings.Where(finding => finding.Status > FindingStatus.Pass))
        {
            say($"{connection.Target}: {finding}");
        }

        return report;
    }

    void Handle(ParallelEvent<ReadinessReport> next)
    {
        if (next.Message is { } message)
        {
            WriteVerbose(message);
            return;
        }

        _done++;
        if (next.Result is { } tested)
        {
            _accepted.Observe(tested);
        }

        _notReady += next.Result is { IsReady: true } ? 0 : 1;

        // Booleans without their order would say nothing.
        if (!Ordered && !Quiet)
        {
            Write(next);
            return;
        }

        _waiting.Add(next.Index, next);
        while (_waiting.Remove(_written, out var waiting))
        {
            Write(waiting);
            _written++;
        }
    }

    void Write(ParallelEvent<ReadinessReport> done)
    {
        if (done.Error is { } error)
        {
            WriteError(ErrorRecords.Unexpected(error));
        }

        if (Quiet)
        {
            WriteObject(done.Result is { IsReady: true });
        }
        else if (done.Result is { } report)
        {
            WriteObject(ShownReport.Of(report, MinimumStatus, Detailed ? ShownReport.Detailed : _run.Total > 1 ? ShownReport.Fleet : null));
        }
    }

    void ShowProgress()
    {
        // A single database is answered before a progress bar could be read.
        if (_run.Total < 2 || (_clock.Elapsed - _lastProgress < ProgressInterval && _done < _run.Total))
        {
            return;
        }

        _lastProgress = _clock.Elapsed;
        WriteProgress(new(
            activityId: 0, "Testing databases",
            string.Create(CultureInfo.InvariantCulture, $"{_done} of {_run.Total} tested, {_notReady} not {Kind.Good()}"))
        {
            PercentComplete = 100 * _done / _run.Total,
            // How long those take that are being tested already, the others do not tell: one of them may wait for its time limit.
            SecondsRemaining = _done == 0 || _run.Total - _done <= _limit ? -1 : (int)(_clock.Elapsed.TotalSeconds / _done * (_run.Total - _done)),
            RecordType = _done == _run.Total ? ProgressRecordType.Completed : ProgressRecordType.Processing,
        });
    }
}
