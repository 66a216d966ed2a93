namespace LangSmithPg.Core.Tests.Faults;

/// <summary>A file system of a few kilobytes in memory, for as long as a test needs it.</summary>
sealed class SmallDisk : IDisposable
{
    readonly string _folder;

    SmallDisk(string folder) => _folder = folder;

    /// <summary>Puts one in the place of a folder; skips the test where that cannot be done.</summary>
    /// <param name="folder">Full path of the folder.</param>
    /// <param name="kilobytes">How much it holds.</param>
    /// <param name="user">Id of the user whose it is.</param>
    public static SmallDisk Mount(string folder, int kilobytes, int user = 0)
    {
        Tools.RequireMounts();
        Tools.Run("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k,uid={user},gid={user},mode=0700", "langsmithpg-test", folder);
        return new(folder);
    }

    public void Dispose() => Tools.Run("umount", _folder);
}
