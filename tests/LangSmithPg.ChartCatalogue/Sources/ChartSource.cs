using LangSmithPg.Charts;
using LangSmithPg.Yaml.Charts;

namespace LangSmithPg.CatalogueTool.Sources;

/// <summary>The charts to read: the tags of a clone, or the folders of a folder.</summary>
static class ChartSource
{
    const string Description = "Chart.yaml";

    /// <summary>All releases from the oldest on, and the newest pre-release if it is newer than they are.</summary>
    /// <param name="path">A clone of the chart's repository, or a folder with one unpacked chart in each subfolder.</param>
    /// <param name="oldest">The oldest version.</param>
    public static IEnumerable<SourceChart> Read(string path, ChartVersion oldest)
    {
        List<string> folders = [.. Directory.EnumerateDirectories(path).Where(folder => File.Exists(Path.Join(folder, Description)))];
        if (folders.Count > 0)
        {
            return Choose(folders.ToDictionary(VersionOf), oldest).Select(SourceChart.Read);
        }

        var clone = new ChartClone(path);
        return Choose(clone.Tags, oldest).Select(clone.Read);
    }

    static IEnumerable<string> Choose(IReadOnlyDictionary<ChartVersion, string> places, ChartVersion oldest)
    {
        var newest = places.Keys.Max();
        return places.Where(one => one.Key >= oldest && (!one.Key.IsPrerelease || one.Key.Equals(newest))).OrderBy(one => one.Key).Select(one => one.Value);
    }

    static ChartVersion VersionOf(string folder) => ChartYaml.ReadVersion(File.ReadAllText(Path.Join(folder, Description)))
        ?? throw new InvalidDataException($"{folder} does not name its version.");
}
