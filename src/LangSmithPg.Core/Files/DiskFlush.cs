using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace LangSmithPg.Files;

/// <summary>Has the disk keep what was written. On Unix, .NET passes over an error there, which is where NFS and quotas report that there is no space.</summary>
static class DiskFlush
{
    // A debugger or a timer may interrupt it, but not for ever.
    const int MostInterruptions = 100;

    /// <summary>Flushes a file to the disk.</summary>
    /// <param name="stream">The open file.</param>
    /// <param name="path">Its path, for the error.</param>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public static void Run(FileStream stream, string path)
    {
        if (OperatingSystem.IsLinux())
        {
            // Not .NET's own way before: the system tells of an error once.
            stream.Flush();
            Synchronize(stream, path);
        }
        else
        {
            stream.Flush(flushToDisk: true);
        }
    }

    [SupportedOSPlatform("linux")]
    static void Synchronize(FileStream stream, string path)
    {
        for (var interruptions = 0; Libc.Synchronize(stream.SafeFileHandle) != 0;)
        {
            switch (Marshal.GetLastPInvokeError())
            {
                case Libc.Interrupted when interruptions++ < MostInterruptions:
                    break;
                case Libc.NotValid or Libc.NotSupported:
                    // A file system that knows no such thing.
                    return;
                default:
                    throw new IOException($"Could not write '{path}' to disk: {Libc.LastMessage()}.");
            }
        }
    }
}
