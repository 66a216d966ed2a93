using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace LangSmithPg.Files;

/// <summary>
/// Files that keep what is written to them. To put a file into the place of a device or a pipe would take it away from whoever uses it.
/// </summary>
static class RegularFile
{
    // Not to wait for a writer where a pipe has taken the file's place meanwhile: read-only, O_NONBLOCK and O_CLOEXEC, the same on all
    // architectures that .NET knows.
    const int OpenFlags = 0x800 | 0x80000;

    /// <summary>Throws where a path leads to something else, through links too. A folder has an error of its own.</summary>
    /// <param name="path">Full path.</param>
    /// <exception cref="NotAFileException">It leads to a device, a pipe or a socket.</exception>
    public static void Require(string path)
    {
        if (OperatingSystem.IsLinux())
        {
            Require(LinuxStatus.Of(path), path);
        }
    }

    /// <summary>Opens a file for reading, and lets others do what they like with it.</summary>
    /// <param name="path">Full path.</param>
    /// <exception cref="NotAFileException">It leads to a device, a pipe or a socket.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static FileStream OpenRead(string path)
    {
        Require(path);
        return OperatingSystem.IsLinux() ? OpenOnLinux(path) : SharedFile.OpenRead(path);
    }

    [SupportedOSPlatform("linux")]
    static FileStream OpenOnLinux(string path)
    {
        var descriptor = Libc.Open(Libc.Native(path), OpenFlags);
        if (descriptor < 0)
        {
            throw Marshal.GetLastPInvokeError() switch
            {
                Libc.NotFound or Libc.NotAFolder => new FileNotFoundException($"The file '{path}' does not exist.", path),
                Libc.AccessDenied => new UnauthorizedAccessException($"Access to the path '{path}' is denied."),
                _ => new IOException($"The file '{path}' cannot be read: {Libc.LastMessage()}."),
            };
        }

        var file = new SafeFileHandle(descriptor, ownsHandle: true);
        try
        {
            // By then, another may stand there.
            Require(LinuxStatus.Of(file), path);
            return new(file, FileAccess.Read);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    [SupportedOSPlatform("linux")]
    static void Require(LinuxStatus? status, string path)
    {
        if (status?.OtherKind is { } kind)
        {
            throw new NotAFileException($"'{path}' is {kind}, not a file.");
        }
    }
}
