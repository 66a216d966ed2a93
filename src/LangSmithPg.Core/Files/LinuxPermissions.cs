using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace LangSmithPg.Files;

/// <summary>
/// Gives a file the owner, group, access control list and SELinux label of another, by their handles: whoever owns the folder may put
/// something else under a name at any time.
/// </summary>
[SupportedOSPlatform("linux")]
static class LinuxPermissions
{
    const string AccessList = "system.posix_acl_access";
    const string Label = "security.selinux";

    const uint Unchanged = uint.MaxValue;
    const int CurrentFolder = -100;
    const int WriteAccess = 2;
    const int ByEffectiveUser = 0x200;

    // An attribute has at most 64 KiB. Source: Linux manual, xattr(7).
    const int MostBytes = 64 * 1024;

    const UnixFileMode GroupRights = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute;
    const UnixFileMode AnyWrite = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Whether nobody may write a file, or this user may not; false where there is none.</summary>
    /// <param name="path">Full path of the file.</param>
    public static bool IsReadOnly(string path)
    {
        try
        {
            return (File.GetUnixFileMode(path) & AnyWrite) == 0
                || (Libc.Access(CurrentFolder, Libc.Native(path), WriteAccess, ByEffectiveUser) != 0 && Marshal.GetLastPInvokeError() != Libc.NotFound);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    /// <summary>
    /// Gives a file what another has. Where its group or its list cannot be given, the rights of the group go: with a list, they are the
    /// most that anybody in it has, and would be the group's own without it.
    /// </summary>
    /// <param name="to">The file.</param>
    /// <param name="from">The other file.</param>
    /// <param name="path">Its path, for the error.</param>
    /// <exception cref="IOException">The SELinux label cannot be given.</exception>
    public static void Copy(SafeFileHandle to, SafeFileHandle from, string path)
    {
        var mode = File.GetUnixFileMode(from);
        var hasGroup = GiveOwner(to, from);
        File.SetUnixFileMode(to, mode & ~GroupRights);
        if (hasGroup && Read(from, AccessList) is { } list && (list.Length > 0 ? Write(to, AccessList, list) : IsWithoutList(to)))
        {
            File.SetUnixFileMode(to, mode);
        }

        if (Read(from, Label) is { Length: > 0 } label && !label.AsSpan().SequenceEqual(Read(to, Label)) && !Write(to, Label, label))
        {
            throw new IOException($"The SELinux label of '{path}' cannot be kept: {Libc.LastMessage()}.");
        }
    }

    // Only root gives files away; to a group that he is in, everybody does.
    static bool GiveOwner(SafeFileHandle to, SafeFileHandle from) =>
        LinuxStatus.Of(from) is { } wanted && LinuxStatus.Of(to) is { } present
        && ((wanted.User, wanted.Group) == (present.User, present.Group)
            || Libc.ChangeOwner(to, wanted.User, wanted.Group) == 0
            || Libc.ChangeOwner(to, Unchanged, wanted.Group) == 0);

    // A folder may hand a list of its own to each new file.
    static bool IsWithoutList(SafeFileHandle file) =>
        Libc.RemoveAttribute(file, Libc.Native(AccessList)) == 0 || Marshal.GetLastPInvokeError() is Libc.NoAttribute or Libc.NotSupported;

    // Empty where the file has none; null where that cannot be told.
    static byte[]? Read(SafeFileHandle file, string name)
    {
        var value = new byte[MostBytes];
        var length = Libc.GetAttribute(file, Libc.Native(name), value, (nuint)value.Length);
        return length >= 0 ? value[..(int)length] : Marshal.GetLastPInvokeError() is Libc.NoAttribute or Libc.NotSupported ? [] : null;
    }

    static bool Write(SafeFileHandle file, string name, byte[] value) =>
        Libc.SetAttribute(file, Libc.Native(name), value, (nuint)value.Length, flags: 0) == 0;
}
