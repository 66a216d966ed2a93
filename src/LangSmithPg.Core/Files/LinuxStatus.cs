using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace LangSmithPg.Files;

/// <summary>
/// Whose a file is and of which kind, which .NET does not tell. Source: Linux manual, statx(2); musl before 1.2.5 lacks it.
/// </summary>
[SupportedOSPlatform("linux")]
readonly record struct LinuxStatus(uint User, uint Group, int Kind)
{
    const int CurrentFolder = -100;
    const int OfHandle = 0x1000;

    // Kind, user and group.
    const uint Wanted = 0x01 | 0x08 | 0x10;

    // struct statx is the same on every architecture.
    const int Size = 256;
    const int UserAt = 20;
    const int GroupAt = 24;
    const int ModeAt = 28;

    const int KindMask = 0xF000;
    const int RegularFile = 0x8000;
    const int FolderKind = 0x4000;

    /// <summary>Whether it is a file that keeps what is written to it.</summary>
    public bool IsFile => Kind == RegularFile;

    /// <summary>What it is where it is neither a file nor a folder; null otherwise.</summary>
    public string? OtherKind => Kind switch
    {
        RegularFile or FolderKind => null,
        0x1000 => "a pipe",
        0xC000 => "a socket",
        _ => "a device",
    };

    /// <summary>The status of what a path leads to; null where there is nothing, or the system does not tell.</summary>
    /// <param name="path">Full path.</param>
    public static LinuxStatus? Of(string path) => Read(status => Libc.Status(CurrentFolder, Libc.Native(path), flags: 0, Wanted, status));

    /// <summary>The status of an open file; null where the system does not tell.</summary>
    /// <param name="file">The file.</param>
    public static LinuxStatus? Of(SafeFileHandle file) => Read(status => Libc.Status(file, Libc.Native(""), OfHandle, Wanted, status));

    static LinuxStatus? Read(Func<byte[], int> ask)
    {
        var status = new byte[Size];
        try
        {
            return ask(status) == 0
                ? new(BitConverter.ToUInt32(status, UserAt), BitConverter.ToUInt32(status, GroupAt), BitConverter.ToUInt16(status, ModeAt) & KindMask)
                : null;
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }
    }
}
