using System.Management.Automation;
using LangSmithPg.Binding;
using LangSmithPg.Charts;
using LangSmithPg.Cmdlets.Charts;
using LangSmithPg.Cmdlets.Helm;
using LangSmithPg.Completion;
using LangSmithPg.Connections;
using LangSmithPg.Databases;
using LangSmithPg.Helm.Linting;

namespace LangSmithPg.Cmdlets.Databases;

/// <summary>Gets every PostgreSQL database of a LangSmith release: where it is, what configures it, which pods connect, and what it needs.</summary>
[Cmdlet(VerbsCommon.Get, "LangSmithPgDatabase", DefaultParameterSetName = VersionSet)]
[OutputType(typeof(ReleaseDatabase))]
public sealed class GetLangSmithPgDatabaseCommand : ChartCmdlet
{
    const string VersionSet = "ChartVersion";
    const string ChartSet = "Chart";

    readonly ValuesInput _values;
    LintChart? _chart;

    /// <summary>Creates the cmdlet.</summary>
    public GetLangSmithPgDatabaseCommand() => _values = new(this);

    /// <summary>
    /// The values files of the release, in the order of Helm's -f: a later one wins. From the pipeline also the text itself, as "helm get values"
    /// gives it. Without any, the chart's own values.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FilePath", "LiteralPath", "FullName", "PSPath")]
    [AllowEmptyString]
    [PathColumn("Path", "FilePath", "LiteralPath", "FullName", "PSPath")]
    public string[]? Path { get; set; }

    /// <summary>The databases to return; all by default.</summary>
    [Parameter]
    public DatabasePurpose[] Purpose { get; set; } = [];

    /// <summary>The version of the LangSmith chart; the newest stable one that is known by default.</summary>
    [Parameter(ParameterSetName = VersionSet)]
    [ArgumentCompleter(typeof(ChartVersionCompleter))]
    [ChartVersionText]
    public override ChartVersion ChartVersion { get; set; } = ChartCatalogue.NewestStable;

    /// <summary>A chart to find the databases of: its folder, its archive (.tgz), or a file of "helm show values".</summary>
    [Parameter(ParameterSetName = ChartSet, Mandatory = true)]
    public override string? Chart { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _chart = GetChart();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (MyInvocation.ExpectingInput || MyInvocation.BoundParameters.ContainsKey(nameof(Path)))
        {
            _values.Add(Path);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_values.Read() is { } files)
        {
            WriteObject(ReleaseDatabases.Find(_chart!, files).Where(one => Purpose.Length == 0 || Purpose.Contains(one.Purpose)), enumerateCollection: true);
        }
    }
}
