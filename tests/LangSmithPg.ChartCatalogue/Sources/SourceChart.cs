using LangSmithPg.Charts;
using LangSmithPg.Charts.Reading;
using LangSmithPg.Yaml.Charts;

namespace LangSmithPg.CatalogueTool.Sources;

/// <summary>One version of the chart.</summary>
sealed record SourceChart(ChartVersion Version, IReadOnlyDictionary<string, string> Templates, ChartValues Values)
{
    public static SourceChart Read(string path)
    {
        var files = ChartFiles.Read(path);
        var version = ChartYaml.ReadVersion(files.ChartYaml) ?? throw new InvalidDataException($"{path} does not name its version.");
        return new(version, files.Templates, new(files.ValuesYaml));
    }
}
