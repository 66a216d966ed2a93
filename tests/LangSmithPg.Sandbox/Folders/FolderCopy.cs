using LangSmithPg.Sandbox.Processes;

namespace LangSmithPg.Sandbox.Folders;

/// <summary>Copies a folder with everything in it, owned by the servers' identity.</summary>
static class FolderCopy
{
    internal static void Copy(string source, string target)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(target);
        else
            Directory.CreateDirectory(target, File.GetUnixFileMode(source));
        Privileges.HandOver(target);
        foreach (var folder in Directory.EnumerateDirectories(source))
            Copy(folder, Path.Join(target, Path.GetFileName(folder)));
        foreach (var file in Directory.EnumerateFiles(source))
        {
            var copy = Path.Join(target, Path.GetFileName(file));
            File.Copy(file, copy);
            Privileges.HandOver(copy);
        }
    }
}
