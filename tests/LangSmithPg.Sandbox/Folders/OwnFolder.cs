using System.Runtime.InteropServices;
using LangSmithPg.Sandbox.Processes;

namespace LangSmithPg.Sandbox.Folders;

/// <summary>A folder with a name that others may know, in a folder where they may create: one that is there may be theirs, with programs in it.</summary>
static partial class OwnFolder
{
    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // Linux manual, statx(2): the owner's id stands behind the mask, block size, attributes and links.
    const int CurrentFolder = -100;
    const int NotThroughLinks = 0x100;
    const uint OwnerWanted = 0x08;
    const int StatusSize = 256;
    const int OwnerAt = 20;

    /// <summary>Creates a folder, or takes one that is this user's.</summary>
    /// <param name="path">Full path.</param>
    /// <exception cref="UnauthorizedAccessException">Somebody else has the name.</exception>
    internal static string Create(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            // There, the folder for temporary files is the user's own.
            Directory.CreateDirectory(path);
            return path;
        }

        Directory.CreateDirectory(path, OwnerOnly);
        if (new DirectoryInfo(path).LinkTarget is not null || Owner(path) is { } owner && owner != GetUser())
            throw new UnauthorizedAccessException($"'{path}' is not this user's. Name a folder that is in LANGSMITHPG_SANDBOX.");
        // Fails for everybody but its owner, where the system does not say whose it is.
        File.SetUnixFileMode(path, OwnerOnly);
        Privileges.LetIn(path);
        return path;
    }

    static uint? Owner(string path)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        var status = new byte[StatusSize];
        return GetStatus(CurrentFolder, path, NotThroughLinks, OwnerWanted, status) == 0 ? BitConverter.ToUInt32(status, OwnerAt) : throw new UnauthorizedAccessException($"'{path}' cannot be looked at.");
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint GetUser();

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetStatus(int folder, string path, int flags, uint wanted, byte[] status);
}
