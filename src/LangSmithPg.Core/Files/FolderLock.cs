using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace LangSmithPg.Files;

/// <summary>
/// A lock on the folder of a file: seen by all sessions and users of a machine who may read the folder, and gone with its process. A
/// .NET mutex on Unix is one for each session, and a lock file needs a place that all can write to and nobody can take.
/// </summary>
[UnsupportedOSPlatform("windows")]
static class FolderLock
{
    const int Exclusive = 2;
    const int WithoutWaiting = 4;

    // O_CLOEXEC, EWOULDBLOCK.
    static readonly int OpenFlags = OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000;
    static readonly int Held = OperatingSystem.IsMacOS() ? 35 : 11;

    // How soon it is looked whether it is free.
    static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);

    /// <summary>Waits for the lock.</summary>
    /// <param name="folder">Full path of the folder.</param>
    /// <param name="patience">Most time.</param>
    /// <param name="isHeld">Whether another held it until then.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The lock; null where another holds it, or the folder cannot be locked, as on NFS.</returns>
    /// <exception cref="OperationCanceledException">The waiting was ended.</exception>
    public static IDisposable? Take(string folder, TimeSpan patience, out bool isHeld, CancellationToken cancellationToken)
    {
        isHeld = false;
        var descriptor = Libc.Open(Libc.Native(folder), OpenFlags);
        if (descriptor < 0)
        {
            return null;
        }

        var file = new SafeFileHandle(descriptor, ownsHandle: true);
        try
        {
            for (var waited = TimeSpan.Zero; waited < patience; waited += Step)
            {
                if (Libc.Lock(file, Exclusive | WithoutWaiting) == 0)
                {
                    return file;
                }

                var error = Marshal.GetLastPInvokeError();
                isHeld = error == Held;
                if (!isHeld && error != Libc.Interrupted)
                {
                    break;
                }

                cancellationToken.WaitHandle.WaitOne(Step);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        catch
        {
            file.Dispose();
            throw;
        }

        file.Dispose();
        return null;
    }
}
