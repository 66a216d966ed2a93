using LangSmithPg.Charts;
using LangSmithPg.Charts.Reading;
using LangSmithPg.Errors;
using LangSmithPg.Files;
using LangSmithPg.Helm.Linting;

namespace LangSmithPg.Cmdlets.Charts;

/// <summary>Finds what is known of a chart, by its version or from the chart itself. Ends the cmdlet when nothing is known.</summary>
static class ChartLookup
{
    public static LintChart GetChart(this LangSmithCmdlet cmdlet, ChartVersion version, string? chart)
    {
        if (chart is not null)
        {
            if (cmdlet.MyInvocation.BoundParameters.ContainsKey("ChartVersion"))
            {
                cmdlet.ThrowTerminatingError(ErrorRecords.ChartAndVersion(chart));
            }

            return cmdlet.ReadChart(chart);
        }

        try
        {
            var known = LintChart.Of(version);
            if (known.TakenFor is { } other)
            {
                cmdlet.WriteWarning($"Chart {version} is {(ChartCatalogue.IsNewer(version) ? "newer than the versions that this module knows" : "not known")}; it is treated as {other}. To use the chart itself, specify -Chart.");
            }

            return known;
        }
        catch (ArgumentOutOfRangeException exception)
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.UnknownChart(exception, version));
            throw;
        }
    }

    public static bool IsValuesFile(string path) => Path.GetExtension(path).ToUpperInvariant() is ".YAML" or ".YML";

    static LintChart ReadChart(this LangSmithCmdlet cmdlet, string name)
    {
        var path = cmdlet.GetUnresolvedProviderPathFromPSPath(name);
        if (IsValuesFile(path))
        {
            cmdlet.WriteWarning("A values file contains neither the chart version nor which pods get the connection. Only the components in the catalog of this module are used.");
        }

        try
        {
            return cmdlet.Wait(() => Read(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException or FormatException or ArgumentOutOfRangeException)
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.ChartNotRead(exception, path));
            throw;
        }
    }

    static LintChart Read(string path)
    {
        if (IsValuesFile(path))
        {
            return LintChart.From(version: null, new Dictionary<string, string>(), Yaml.Charts.ChartYaml.ReadValues(SharedFile.ReadAllText(path)), path);
        }

        var files = ChartFiles.Read(path);
        return LintChart.From(Yaml.Charts.ChartYaml.ReadVersion(files.ChartYaml), files.Templates, Yaml.Charts.ChartYaml.ReadValues(files.ValuesYaml), path);
    }
}
