namespace LangSmithPg.Sandbox.Processes;

/// <summary>Looks for installed programs.</summary>
public static class ProgramPath
{
    /// <summary>The full path of a program on the PATH; null when it is not there.</summary>
    /// <param name="name">Its name, without <c>.exe</c>.</param>
    /// <param name="folders">Where to look after the PATH.</param>
    public static string? Find(string name, params IEnumerable<string> folders) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(folders)
            .Select(folder => Path.Join(folder, OperatingSystem.IsWindows() ? name + ".exe" : name))
            .FirstOrDefault(File.Exists);
}
