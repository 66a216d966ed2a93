using System.Management.Automation;
using LangSmithPg.Binding;
using LangSmithPg.Budgets;
using LangSmithPg.Comparisons;
using LangSmithPg.Errors;
using LangSmithPg.Helm.Linting;
using LangSmithPg.Moves.Job;
using LangSmithPg.Readiness;
using LangSmithPg.Releases;
using LangSmithPg.Reports;
using LangSmithPg.Reports.Values;

namespace LangSmithPg.Cmdlets.Reports;

/// <summary>Writes reports of databases or of values files, one or many, to one file: for people, for programs, or for the tools of a pipeline.</summary>
[Cmdlet(VerbsData.Export, "LangSmithPgReport", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportLangSmithPgReportCommand : LangSmithCmdlet
{
    readonly List<ReadinessReport> _databases = [];
    readonly List<ValuesReport> _releases = [];
    readonly List<ConnectionBudget> _budgets = [];
    string _path = "";
    ReportFormat _format;

    /// <summary>
    /// Reports of Test-LangSmithPgReadiness, Test-LangSmithPgRelease, Receive-LangSmithPgPreflight, Compare-LangSmithPgDatabase or Receive-LangSmithPgMove, or of
    /// Test-LangSmithHelmValues, and for HTML budgets of Measure-LangSmithPgConnectionBudget to add; also those that came back from a job or
    /// another machine.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject?[]? InputObject { get; set; }

    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("FilePath", "LiteralPath")]
    public string Path { get; set; } = "";

    /// <summary>What it is written as. The extension tells: .html, .htm, .md, .json, .xml (JUnit), .csv, .sarif.</summary>
    [Parameter]
    [OptionalText(typeof(ReportFormat), IsColumn = true)]
    public ReportFormat? Format { get; set; }

    /// <summary>The title.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Title { get; set; }

    /// <summary>Replace an existing file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Return the file that was written as a FileInfo object.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _path = this.RequireNewFile(Path, Force);
        if ((Format ?? ReportFormats.FromPath(_path)) is not { } format)
        {
            ThrowTerminatingError(ErrorRecords.UnknownReportFormat(_path));
            return;
        }

        _format = format;
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var input in InputObject ?? [null])
        {
            if (Add(input) is { } error)
            {
                ThrowTerminatingError(error);
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_databases.Count + _releases.Count == 0)
        {
            WriteWarning($"There are no reports. {_path} was not written.");
            return;
        }

        if (!this.IsConfirmed(() => ShouldProcess(_path, $"Write a {_format} report"), _path))
        {
            return;
        }

        this.WriteFile(_path, Text(), ownerOnly: false, Force, PassThru);
    }

    // Nothing is skipped: a report that lacks a database would read as if all were well.
    ErrorRecord? Add(PSObject? input)
    {
        switch (Read(input))
        {
            case ReadinessReport database:
                _databases.Add(database);
                break;
            case ConnectionBudget when _format != ReportFormat.Html:
                return ErrorRecords.UnsupportedBudgetFormat(_format);
            case ConnectionBudget budget:
                _budgets.Add(budget);
                break;
            case DatabaseComparison comparison:
                _databases.Add(comparison.ToReport());
                break;
            case MoveRun run:
                _databases.AddRange(run.ToReports());
                break;
            case ReleaseReport release:
                _databases.AddRange(release.Databases);
                break;
            case ValuesReport when !_format.IsForValues():
                return ErrorRecords.UnsupportedReportFormat(_format);
            case ValuesReport values:
                _releases.Add(values);
                break;
            default:
                return ErrorRecords.NotAReport(input?.TypeNames[0] ?? "null");
        }

        return _databases.Count > 0 && _releases.Count > 0 ? ErrorRecords.MixedReports() : null;
    }

    string Text()
    {
        var version = typeof(ExportLangSmithPgReportCommand).Assembly.GetName().Version!.ToString(3);
        return _databases.Count > 0
            ? _format.Write(new FleetReport(Title ?? FleetReport.TitleFor(_databases), DateTimeOffset.UtcNow, version, _databases)
            {
                Budgets = _budgets,
                Origin = CheckOrigin.Of(_databases, CheckOrigin.ThisSession(version)),
            })
            : _format.Write(new ValuesFleet(
                Title ?? ValuesFleet.DefaultTitle, DateTimeOffset.UtcNow, version, SessionState.Path.CurrentFileSystemLocation.ProviderPath, _releases));
    }

    static object? Read(PSObject? input) => input?.BaseObject is ReadinessReport or ReleaseReport or DatabaseComparison or MoveRun or ConnectionBudget or ValuesReport
        ? input.BaseObject
        : DeserializedReport.Read(input) ?? Rehydration.Read<ReleaseReport>(input) ?? Rehydration.Read<DatabaseComparison>(input) ?? Rehydration.Read<MoveRun>(input) ?? (object?)Rehydration.Read<ConnectionBudget>(input) ?? (object?)Rehydration.Read<ValuesReport>(input);
}
