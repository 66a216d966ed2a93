namespace LangSmithPg.Sandbox.Folders;

/// <summary>Keeps servers' files in memory where there is plenty: a start creates a thousand small ones.</summary>
/// <remarks>
/// The memory file system is everybody's, so a folder there has a random name, and only the link to it in this user's
/// own folder is ever followed.
/// </remarks>
static class MemoryFolder
{
    const string MemoryFileSystem = "/dev/shm";
    const long Plenty = 2L << 30;

    /// <summary>Creates a folder and the link to it; null where there is no memory for it.</summary>
    internal static string? TryCreate(string link)
    {
        if (!OperatingSystem.IsLinux() || !Directory.Exists(MemoryFileSystem))
            return null;
        if (new DriveInfo(MemoryFileSystem).AvailableFreeSpace < Plenty)
            return null;
        var folder = Path.Join(MemoryFileSystem, $"langsmithpg-{Guid.NewGuid():N}");
        try
        {
            Directory.CreateSymbolicLink(link, folder);
            return OwnFolder.Create(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            File.Delete(link);
            return null;
        }
    }

    /// <summary>The folder that a path means, whether it is the folder or a link to it.</summary>
    internal static string Resolve(string path) => new DirectoryInfo(path).LinkTarget ?? path;
}
