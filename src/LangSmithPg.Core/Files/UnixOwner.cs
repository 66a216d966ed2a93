using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace LangSmithPg.Files;

/// <summary>
/// Whose a file is, which .NET does not tell: a file that takes another's place is its writer's otherwise, and what its group may read is
/// another group's then. Source: Linux manual, statx(2); musl before 1.2.5 lacks it.
/// </summary>
[SupportedOSPlatform("linux")]
readonly record struct UnixOwner(uint User, uint Group)
{
    const int CurrentFolder = -100;
    const uint OwnerWanted = 0x18;
    const uint Unchanged = uint.MaxValue;

    // struct statx is the same on every architecture: 256 bytes, with the ids of user and group at these places.
    const int StatSize = 256;
    const int UserAt = 20;
    const int GroupAt = 24;

    const UnixFileMode GroupRights = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute;

    /// <summary>Gives a file the owner, group and permissions of another; what cannot be given to that group is given to none.</summary>
    /// <param name="path">Full path of the file.</param>
    /// <param name="from">Full path of the other file.</param>
    public static void Copy(string path, string from)
    {
        var mode = File.GetUnixFileMode(from);
        if (Of(from) is { } owner && Of(path) != owner && !owner.Give(path))
        {
            mode &= ~GroupRights;
        }

        File.SetUnixFileMode(path, mode);
    }

    // Only root gives files away; to a group that he is in, everybody does.
    bool Give(string path) => ChangeOwner(Native(path), User, Group) == 0 || ChangeOwner(Native(path), Unchanged, Group) == 0;

    static UnixOwner? Of(string path)
    {
        var status = new byte[StatSize];
        try
        {
            return Status(CurrentFolder, Native(path), flags: 0, OwnerWanted, status) == 0
                ? new(BitConverter.ToUInt32(status, UserAt), BitConverter.ToUInt32(status, GroupAt))
                : null;
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }
    }

    static byte[] Native(string path) => Encoding.UTF8.GetBytes(path + '\0');

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Status(int folder, byte[] path, int flags, uint wanted, byte[] status);

    [DllImport("libc", EntryPoint = "chown")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int ChangeOwner(byte[] path, uint user, uint group);
}
