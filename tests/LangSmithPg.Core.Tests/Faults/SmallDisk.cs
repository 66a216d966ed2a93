namespace LangSmithPg.Core.Tests.Faults;

/// <summary>A file system of a few kilobytes in memory, for as long as a test needs it.</summary>
sealed class SmallDisk : IDisposable
{
    readonly string _folder;

    SmallDisk(string folder) => _folder = folder;

    /// <summary>Puts one in the place of a folder; skips the test where that cannot be done.</summary>
    public static SmallDisk Mount(string folder, int kilobytes)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root on Linux can make a small file system.");
        Tools.Run("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "langsmithpg-test", folder);
        return new(folder);
    }

    public void Dispose() => Tools.Run("umount", _folder);
}
