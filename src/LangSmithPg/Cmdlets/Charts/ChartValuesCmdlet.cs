using System.ComponentModel;
using System.Management.Automation;
using LangSmithPg.Cmdlets.Helm;
using LangSmithPg.Helm;

namespace LangSmithPg.Cmdlets.Charts;

/// <summary>A cmdlet that adds to Helm values, in the pipeline or in a file.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ChartValuesCmdlet : ChartCmdlet
{
    /// <summary>The values to add to, from New-LangSmithHelmValues; none by default.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>A values file to set the values in, in place of giving them on.</summary>
    [Parameter]
    [Alias("FilePath", "LiteralPath")]
    public string? Path { get; set; }

    /// <summary>Replace what the file says otherwise.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Keep a copy of the old file beside it, as values.yaml.bak.</summary>
    [Parameter]
    public SwitchParameter Backup { get; set; }

    /// <summary>Return the file as a FileInfo object.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected HelmValues TakeValues() => InputObject is null ? HelmValues.Empty : Take<HelmValues>(InputObject);

    private protected void Give(HelmValues values)
    {
        if (Path is null)
        {
            WriteObject(values);
            return;
        }

        var path = GetUnresolvedProviderPathFromPSPath(Path);
        if (new ValuesFileWriter(this, path, Force, Backup).Merge(values) && PassThru)
        {
            this.WriteItem(path);
        }
    }
}
