using System.Management.Automation;
using LangSmithPg.Documents;

namespace LangSmithPg.Cmdlets.Kubernetes;

/// <summary>Converts manifests and values of this module to YAML text, including secrets, for kubectl and Helm.</summary>
[Cmdlet(VerbsData.ConvertTo, "LangSmithYaml")]
[OutputType(typeof(string))]
public sealed class ConvertToLangSmithYamlCommand : LangSmithCmdlet
{
    bool _follows;

    /// <summary>What to write: a Secret, values or a job of this module.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // PowerShell ends each text with a line end of its own, at the prompt, in a file, and towards kubectl.
        var text = Yaml.YamlText.Write(Take<IDocument>(InputObject).ToDocument()).TrimEnd('\n');
        WriteObject(_follows ? $"---\n{text}" : text);
        _follows = true;
    }
}
