using System.Security.Cryptography;
using System.Text;

namespace LangSmithPg.Files;

/// <summary>Lets one process or thread of this user and session at a time look whether a file is unchanged and replace it.</summary>
sealed class FileTurn : IDisposable
{
    // Whoever is at it is done within moments, unless the disk hangs.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // How soon Ctrl+C is seen.
    static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    readonly Mutex _mutex;

    FileTurn(Mutex mutex) => _mutex = mutex;

    /// <summary>Waits for the turn.</summary>
    /// <param name="path">Full path of the file.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="IOException">Somebody else is at it and does not come to an end.</exception>
    /// <exception cref="OperationCanceledException">The waiting was ended.</exception>
    public static FileTurn? Take(string path, CancellationToken cancellationToken)
    {
        Mutex mutex;
        try
        {
            mutex = new(initiallyOwned: false, NameFor(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or WaitHandleCannotBeOpenedException)
        {
            // No place for it on this machine, such as a read-only /tmp: that the file is unchanged is still looked at.
            return null;
        }

        try
        {
            return Wait(mutex, cancellationToken) ? new(mutex) : throw new IOException($"Another process is writing '{path}'.");
        }
        catch (AbandonedMutexException)
        {
            // Its owner was killed, and the file is whole all the same.
            return new(mutex);
        }
        catch
        {
            mutex.Dispose();
            throw;
        }
    }

    /// <summary>Name of the mutex for a file: the same for every way to write its path.</summary>
    /// <param name="path">Full path of the file.</param>
    internal static string NameFor(string path)
    {
        // Windows and macOS do not tell upper case from lower. Where a volume there does, two files wait for each other, which harms nobody.
        var compared = OperatingSystem.IsLinux() ? path : path.ToUpperInvariant();
        return $"LangSmithPg-{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(compared)))}";
    }

    // .NET waits for no named mutex and for a cancellation at once outside of Windows.
    static bool Wait(Mutex mutex, CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; waited < Patience; waited += Step)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (mutex.WaitOne(Step))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Gives the turn to the next, on the thread that took it.</summary>
    public void Dispose()
    {
        _mutex.ReleaseMutex();
        _mutex.Dispose();
    }
}
