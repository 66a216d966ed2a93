using System.Management.Automation;
using LangSmithPg.Files;
using LangSmithPg.Helm.Linting;

namespace LangSmithPg.Cmdlets.Helm;

/// <summary>Finds and reads the values files that a cmdlet is given.</summary>
static class ValuesFiles
{
    // A name is literal, including brackets; a pattern matches all files that fit, in their order.
    public static IEnumerable<string> ResolveFiles(this LangSmithCmdlet cmdlet, string path)
    {
        var literal = cmdlet.GetUnresolvedProviderPathFromPSPath(path);
        return !File.Exists(literal) && WildcardPattern.ContainsWildcardCharacters(path) ? cmdlet.Resolve(path).Order(StringComparer.Ordinal) : [literal];
    }

    // Null when one of them cannot be read: without it, the others may look wrong.
    public static List<ValuesFile>? ReadFiles(this LangSmithCmdlet cmdlet, IReadOnlyList<string> paths)
    {
        List<ValuesFile> files = [];
        foreach (var path in paths)
        {
            if (cmdlet.ReadFile(path, text => Yaml.Linting.ValuesFileReader.Read(path, text) with { IsVersioned = WorkTree.Holds(path) }) is { } file)
            {
                files.Add(file);
            }
        }

        return files.Count == paths.Count ? files : null;
    }
}
