using System.Management.Automation;
using LangSmithPg.Errors;
using LangSmithPg.Helm;

namespace LangSmithPg.Cmdlets.Helm;

/// <summary>Writes Helm values of this module into a values file, new or there already, and keeps every other byte of it.</summary>
[Cmdlet(VerbsData.Export, "LangSmithHelmValues", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportLangSmithHelmValuesCommand : LangSmithCmdlet
{
    HelmValues _values = HelmValues.Empty;
    bool _isComplete = true;

    /// <summary>The values. Several are put together in their order.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>The values file.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("FilePath", "LiteralPath")]
    public string Path { get; set; } = "";

    /// <summary>Replace what the file says otherwise.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Keep a copy of the old file beside it, as values.yaml.bak.</summary>
    [Parameter]
    public SwitchParameter Backup { get; set; }

    /// <summary>Return the file as a FileInfo object.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var values = Take<HelmValues>(InputObject);
        try
        {
            _values = _values.With(values);
        }
        catch (ArgumentException exception)
        {
            WriteError(ErrorRecords.ValuesDisagree(exception, values));
            _isComplete = false;
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var path = GetUnresolvedProviderPathFromPSPath(Path);
        // Incomplete values would be worse than none.
        if (_isComplete && new ValuesFileWriter(this, path, Force, Backup).Merge(_values) && PassThru)
        {
            this.WriteItem(path);
        }
    }
}
