namespace LangSmithPg.Sandbox.Processes;

/// <summary>Programs in archives that did not keep their permissions.</summary>
static class Executable
{
    /// <summary>Lets everyone run a file.</summary>
    internal static void Make(string path)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, File.GetUnixFileMode(path)
                | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }
}
