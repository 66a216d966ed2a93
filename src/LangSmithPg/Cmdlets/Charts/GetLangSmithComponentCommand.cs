using System.Management.Automation;
using LangSmithPg.Binding;
using LangSmithPg.Charts;
using LangSmithPg.Charts.Reading;
using LangSmithPg.Completion;
using LangSmithPg.Errors;
using LangSmithPg.Files;

namespace LangSmithPg.Cmdlets.Charts;

/// <summary>Gets the workloads of the LangSmith chart that get the connection to PostgreSQL, and the values that take effect on them.</summary>
[Cmdlet(VerbsCommon.Get, "LangSmithComponent", DefaultParameterSetName = VersionSet)]
[OutputType(typeof(ChartComponent))]
public sealed class GetLangSmithComponentCommand : ChartCmdlet
{
    const string VersionSet = "ChartVersion";
    const string ChartSet = "Chart";

    /// <summary>The version of the LangSmith chart; the newest stable one that is known by default.</summary>
    [Parameter(ParameterSetName = VersionSet, Position = 0)]
    [ArgumentCompleter(typeof(ChartVersionCompleter))]
    [ChartVersionText]
    public override ChartVersion ChartVersion { get; set; } = ChartCatalogue.NewestStable;

    /// <summary>A chart to work the components out from: its folder, its archive (.tgz), or a file of "helm show values".</summary>
    [Parameter(ParameterSetName = ChartSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [AllowEmptyString]
    [AllowNull]
    [PathColumn("Chart", "FullName")]
    public override string? Chart { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == VersionSet)
        {
            WriteObject(GetChart().Components, enumerateCollection: true);
            return;
        }

        if (PathColumnAttribute.IsUnreadable(Chart))
        {
            WriteError(ErrorRecords.NotAPath(nameof(Chart)));
            return;
        }

        // Of "helm list -o json", a release names its chart and version in one.
        if (ChartVersionTextAttribute.Read(Chart) is { } version && !Path.Exists(GetUnresolvedProviderPathFromPSPath(Chart!)))
        {
            WriteObject(this.GetChart(version, chart: null).Components, enumerateCollection: true);
            return;
        }

        var path = GetUnresolvedProviderPathFromPSPath(Chart!);
        try
        {
            WriteObject(ReadChart(path), enumerateCollection: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException or FormatException)
        {
            WriteError(ErrorRecords.ChartNotRead(exception, path));
        }
    }

    IReadOnlyList<ChartComponent> ReadChart(string path)
    {
        if (ChartLookup.IsValuesFile(path))
        {
            var found = ChartReading.FromValues(Yaml.Charts.ChartYaml.ReadValues(Wait(() => SharedFile.ReadAllText(path))));
            if (found.Count == 0)
            {
                WriteError(ErrorRecords.NoComponents(path));
                return found;
            }

            WriteWarning("A values file contains neither the chart version nor which pods get the connection. The output contains the components in the catalog of this module, "
                + "and others that look like a component, with IsKnown set to False.");
            return found;
        }

        var files = Wait(() => ChartFiles.Read(path));
        var components = ChartReading.FromTemplates(files.Templates, Yaml.Charts.ChartYaml.ReadValues(files.ValuesYaml));
        WriteVerbose($"{path}: chart {Yaml.Charts.ChartYaml.ReadVersion(files.ChartYaml)?.ToString() ?? "without a version"}, {components.Count} workloads.");
        return [.. components.Where(one => one.HasConnection)];
    }
}
