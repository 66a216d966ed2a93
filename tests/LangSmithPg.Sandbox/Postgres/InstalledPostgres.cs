namespace LangSmithPg.Sandbox.Postgres;

/// <summary>The bin folders that PostgreSQL's installers use.</summary>
static class InstalledPostgres
{
    /// <summary>The places to look at, for messages.</summary>
    internal static string Places =>
        OperatingSystem.IsWindows() ? @"Program Files\PostgreSQL, PATH" : "/usr/lib/postgresql, /usr/pgsql-*, Homebrew, PATH";

    internal static IEnumerable<string> BinFolders()
    {
        var versioned = OperatingSystem.IsWindows()
            ? Below(Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PostgreSQL"), "*")
            : [
                .. Below("/usr/lib/postgresql", "*"),
                .. Below("/usr", "pgsql-*"),
                .. Below("/opt/homebrew/opt", "postgresql*"),
                .. Below("/usr/local/opt", "postgresql*"),
            ];
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return versioned.Select(folder => Path.Join(folder, "bin")).Concat(path).Where(Directory.Exists).Distinct();
    }

    static string[] Below(string folder, string pattern) =>
        Directory.Exists(folder) ? Directory.GetDirectories(folder, pattern) : [];
}
