using System.ComponentModel;
using System.Diagnostics;
using LangSmithPg.Charts;

namespace LangSmithPg.CatalogueTool.Sources;

/// <summary>A clone of the repository that the chart is published from, with its tags. It is read by git, and not changed.</summary>
sealed class ChartClone(string path)
{
    const string Prefix = "langsmith-";
    const string Folder = "charts/langsmith";

    public IReadOnlyDictionary<ChartVersion, string> Tags { get; } = Git(path, "tag", "--list", $"{Prefix}*").Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Where(tag => ChartVersion.TryParse(tag[Prefix.Length..], out _))
        .ToDictionary(tag => ChartVersion.Parse(tag[Prefix.Length..]));

    /// <summary>The chart of a tag, by way of the archive that Helm would make of it.</summary>
    public SourceChart Read(string tag)
    {
        var archive = Path.GetTempFileName();
        try
        {
            // On Windows git would change the ends of the lines.
            Git(path, "-c", "core.autocrlf=false", "archive", "--format=tar.gz", "--prefix=langsmith/", $"--output={archive}", $"{tag}:{Folder}");
            return SourceChart.Read(archive);
        }
        finally
        {
            File.Delete(archive);
        }
    }

    static string Git(string path, params IEnumerable<string> arguments)
    {
        using var git = new Process { StartInfo = new("git", ["-C", path, .. arguments]) { RedirectStandardOutput = true } };
        try
        {
            git.Start();
        }
        catch (Win32Exception exception)
        {
            throw new IOException($"git cannot be run: {exception.Message}", exception);
        }

        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return git.ExitCode == 0 ? output : throw new InvalidDataException($"{path} is neither a clone of the chart's repository nor a folder with charts.");
    }
}
