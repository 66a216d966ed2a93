using System.Management.Automation;
using LangSmithPg.Documents;

namespace LangSmithPg.Cmdlets.Kubernetes;

/// <summary>Writes manifests and values of this module to a new YAML file, which only its owner can read when it holds a secret.</summary>
[Cmdlet(VerbsData.Export, "LangSmithYaml", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportLangSmithYamlCommand : LangSmithCmdlet
{
    readonly List<IDocument> _documents = [];
    string _path = "";

    /// <summary>What to write: Secrets, values or jobs of this module. Several become documents of one file.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("FilePath", "LiteralPath")]
    public string Path { get; set; } = "";

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
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _documents.Add(Take<IDocument>(InputObject));

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_documents.Count == 0)
        {
            WriteWarning($"There is nothing to write. {_path} was not written.");
            return;
        }

        if (!this.IsConfirmed(() => ShouldProcess(_path, "Write YAML"), _path))
        {
            return;
        }

        var text = string.Join("---\n", _documents.Select(document => Yaml.YamlText.Write(document.ToDocument())));
        this.WriteFile(_path, text, _documents.Exists(document => document.HoldsSecrets), Force, PassThru);
    }
}
