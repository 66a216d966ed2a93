using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace LangSmithPg.Core.Tests.Files;

/// <summary>POSIX access control lists, by the extended attributes in which Linux keeps them. Source: linux/posix_acl_xattr.h.</summary>
static class AccessLists
{
    const string Access = "system.posix_acl_access";
    const string Default = "system.posix_acl_default";
    const ushort Owner = 1, User = 2, Group = 4, Mask = 0x10, Others = 0x20;
    const uint NoId = uint.MaxValue;
    const int EntrySize = 8;

    /// <summary>Gives a file the list "u::rw-, u:user:user's rights, g::group's rights, m::the most of them, o::---"; skips the test where the file system has none.</summary>
    public static void Set(string path, uint user, ushort rights, ushort group = 0) => Write(path, Access, user, rights, group);

    /// <summary>Gives a folder the list that each new file in it gets.</summary>
    public static void SetDefault(string folder, uint user, ushort rights) => Write(folder, Default, user, rights, group: 4);

    /// <summary>The list of a file, as it is kept; empty where it has none.</summary>
    public static string Get(string path)
    {
        var value = new byte[1024];
        var length = GetAttribute(Native(path), Native(Access), value, value.Length);
        return length < 0 ? "" : Convert.ToHexString(value, 0, (int)length);
    }

    static void Write(string path, string name, uint user, ushort rights, ushort group)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has these lists.");
        (ushort Tag, ushort Rights, uint Id)[] entries = [(Owner, 6, NoId), (User, rights, user), (Group, group, NoId), (Mask, (ushort)(rights | group), NoId), (Others, 0, NoId)];
        var value = new byte[sizeof(uint) + (EntrySize * entries.Length)];
        BinaryPrimitives.WriteUInt32LittleEndian(value, 2);
        for (var index = 0; index < entries.Length; index++)
        {
            var entry = value.AsSpan(sizeof(uint) + (EntrySize * index));
            BinaryPrimitives.WriteUInt16LittleEndian(entry, entries[index].Tag);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[2..], entries[index].Rights);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[4..], entries[index].Id);
        }

        Assert.SkipUnless(SetAttribute(Native(path), Native(name), value, value.Length, 0) == 0, $"This file system keeps no access control lists: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    static byte[] Native(string text) => Encoding.UTF8.GetBytes(text + '\0');

    [DllImport("libc", EntryPoint = "setxattr", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int SetAttribute(byte[] path, byte[] name, byte[] value, nint size, int flags);

    [DllImport("libc", EntryPoint = "getxattr", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern nint GetAttribute(byte[] path, byte[] name, byte[] value, nint size);
}
