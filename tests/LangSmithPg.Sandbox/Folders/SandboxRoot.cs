using LangSmithPg.Sandbox.Processes;

namespace LangSmithPg.Sandbox.Folders;

/// <summary>The folder of this user that holds everything the sandbox keeps.</summary>
/// <remarks><c>LANGSMITHPG_SANDBOX</c> names another one.</remarks>
static class SandboxRoot
{
    internal static string Path { get; } = FirstUsable(Candidates(), System.IO.Path.Join(System.IO.Path.GetTempPath(), $"langsmithpg-{Environment.UserName}"));

    /// <summary>Unpacked packages, by name and version.</summary>
    internal static string Packages => Create(System.IO.Path.Join(Path, "packages"));

    /// <summary>Fresh clusters to copy from, by version.</summary>
    internal static string Templates => Create(System.IO.Path.Join(Path, "templates"));

    /// <summary>What runs now: a folder for each process that owns servers.</summary>
    internal static string Run => Create(System.IO.Path.Join(Path, "run"));

    /// <summary>Creates a folder that the servers' identity can enter.</summary>
    internal static string Create(string folder)
    {
        Directory.CreateDirectory(folder);
        Privileges.LetIn(folder);
        return folder;
    }

    /// <summary>The first folder that can be used; at last one in a folder that others may write to as well.</summary>
    internal static string FirstUsable(IEnumerable<string> candidates, string lastResort)
    {
        foreach (var candidate in candidates)
        {
            try
            {
                return Create(candidate);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The next one then.
            }
        }
        return OwnFolder.Create(lastResort);
    }

    static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("LANGSMITHPG_SANDBOX") is { Length: > 0 } chosen)
            yield return System.IO.Path.GetFullPath(chosen);
        else if (Privileges.MustBeDropped)
            yield return "/var/cache/langsmithpg"; // Root's home is closed to the identity that the servers run under.
        else if (OperatingSystem.IsWindows())
            yield return Below(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData));
        else if (Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache)
            yield return Below(cache);
        else if (Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } home)
            yield return Below(System.IO.Path.Join(home, ".cache"));
    }

    static string Below(string folder) => System.IO.Path.Join(folder, "langsmithpg");
}
