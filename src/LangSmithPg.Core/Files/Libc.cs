using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace LangSmithPg.Files;

/// <summary>What .NET does not give of the C library. Source: Linux manual, section 2.</summary>
[UnsupportedOSPlatform("windows")]
static class Libc
{
    public const int NotFound = 2;
    public const int Interrupted = 4;
    public const int AccessDenied = 13;
    public const int NotAFolder = 20;
    public const int NotValid = 22;

    // Linux's own numbers.
    public const int NoAttribute = 61;
    public const int NotSupported = 95;

    /// <summary>A path or name as the C library takes it.</summary>
    /// <param name="text">The path or name.</param>
    public static byte[] Native(string text) => Encoding.UTF8.GetBytes(text + '\0');

    /// <summary>What the last call said went wrong.</summary>
    public static string LastMessage() => Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "flock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Lock(SafeFileHandle file, int operation);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Synchronize(SafeFileHandle file);

    [DllImport("libc", EntryPoint = "fchown", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int ChangeOwner(SafeFileHandle file, uint user, uint group);

    [DllImport("libc", EntryPoint = "faccessat", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Access(int folder, byte[] path, int mode, int flags);

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Status(int folder, byte[] path, int flags, uint wanted, byte[] status);

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Status(SafeFileHandle file, byte[] path, int flags, uint wanted, byte[] status);

    [DllImport("libc", EntryPoint = "fgetxattr", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nint GetAttribute(SafeFileHandle file, byte[] name, byte[] value, nuint size);

    [DllImport("libc", EntryPoint = "fsetxattr", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int SetAttribute(SafeFileHandle file, byte[] name, byte[] value, nuint size, int flags);

    [DllImport("libc", EntryPoint = "fremovexattr", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int RemoveAttribute(SafeFileHandle file, byte[] name);
}
