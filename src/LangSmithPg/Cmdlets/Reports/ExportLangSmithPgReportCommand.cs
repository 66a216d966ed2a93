using System.Management.Automation;
using LangSmithPg.Binding;
using LangSmithPg.Errors;
using LangSmithPg.Readiness;
using LangSmithPg.Reports;

namespace LangSmithPg.Cmdlets.Reports;

/// <summary>Writes readiness reports, one database or a fleet, to one file: HTML, Markdown, JSON, or test results in JUnit's XML.</summary>
[Cmdlet(VerbsData.Export, "LangSmithPgReport", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportLangSmithPgReportCommand : LangSmithCmdlet
{
    readonly List<ReadinessReport> _databases = [];
    string _path = "";
    ReportFormat _format;

    /// <summary>Reports of Test-LangSmithPgReadiness or Receive-LangSmithPgPreflight, also those that came back from a job or another machine.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject?[]? InputObject { get; set; }

    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("FilePath", "LiteralPath")]
    public string Path { get; set; } = "";

    /// <summary>What it is written as. The extension tells: .html, .htm, .md, .json, .xml (JUnit).</summary>
    [Parameter]
    public ReportFormat? Format { get; set; }

    /// <summary>The title.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Title { get; set; } = FleetReport.DefaultTitle;

    /// <summary>Replace an existing file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Return the file that was written as a FileInfo object.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
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
            // Not skipped: a report that lacks a database would read as if all were well.
            if (Read(input) is not { } report)
            {
                ThrowTerminatingError(ErrorRecords.NotAReport(input?.TypeNames[0] ?? "null"));
                return;
            }

            _databases.Add(report);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_databases.Count == 0)
        {
            WriteWarning($"There are no reports. {_path} was not written.");
            return;
        }

        if (!this.IsConfirmed(() => ShouldProcess(_path, $"Write a {_format} report"), _path))
        {
            return;
        }

        var version = typeof(ExportLangSmithPgReportCommand).Assembly.GetName().Version!.ToString(3);
        FleetReport fleet = new(Title, DateTimeOffset.UtcNow, version, _databases) { Origin = CheckOrigin.Of(_databases, CheckOrigin.ThisSession(version)) };
        this.WriteFile(_path, _format.Write(fleet), ownerOnly: false, Force, PassThru);
    }

    static ReadinessReport? Read(PSObject? input) => input?.BaseObject switch
    {
        ReadinessReport report => report,
        _ => DeserializedReport.Read(input),
    };
}
