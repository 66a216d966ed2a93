using System.Security.Cryptography;
using System.Text;

namespace LangSmithPg.Files;

/// <summary>Lets one process or thread of a machine at a time look whether a file is unchanged and replace it.</summary>
sealed class FileLock : IDisposable
{
    // Whoever is at it is done within moments, unless the disk hangs.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // How soon Ctrl+C is seen.
    static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    readonly Mutex _mutex;

    FileLock(Mutex mutex) => _mutex = mutex;

    /// <summary>Waits for the turn.</summary>
    /// <param name="path">Full path of the file.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The turn, to be given back by the thread that took it; null where this machine has no place for it.</returns>
    /// <exception cref="IOException">Somebody else is at it and does not come to an end.</exception>
    /// <exception cref="OperationCanceledException">The waiting was ended.</exception>
    public static IDisposable? Take(string path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!OperatingSystem.IsWindows() && FolderLock.Take(Path.GetDirectoryName(path)!, Patience, out var isHeld, cancellationToken) is var turn && (turn is not null || isHeld))
        {
            return turn ?? throw Busy(path);
        }

        // Without one, that the file is unchanged is still looked at.
        return Create(NameFor(path)) is not { } mutex ? null : TakeMutex(mutex, path, cancellationToken);
    }

    /// <summary>Name of the mutex for a file: the same for every way to write its path.</summary>
    /// <param name="path">Full path of the file.</param>
    internal static string NameFor(string path)
    {
        // Windows and macOS do not tell upper case from lower. Where a volume there does, two files wait for each other, which harms nobody.
        var compared = OperatingSystem.IsLinux() ? path : path.ToUpperInvariant();
        return $"LangSmithPg-{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(compared)))}";
    }

    // For all sessions of a Windows machine; where another user made that one, for this session.
    static Mutex? Create(string name) => OperatingSystem.IsWindows() ? TryCreate($@"Global\{name}") ?? TryCreate($@"Local\{name}") : TryCreate(name);

    static Mutex? TryCreate(string name)
    {
        try
        {
            return new(initiallyOwned: false, name);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or WaitHandleCannotBeOpenedException)
        {
            // Another user's, or a read-only /tmp.
            return null;
        }
    }

    static FileLock TakeMutex(Mutex mutex, string path, CancellationToken cancellationToken)
    {
        try
        {
            return Wait(mutex, cancellationToken) ? new(mutex) : throw Busy(path);
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

    // Only on Windows can .NET wait for a named mutex and a cancellation together. There, one wait keeps its place in the queue; elsewhere
    // every step joins it again.
    static bool Wait(Mutex mutex, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            if (WaitHandle.WaitAny([mutex, cancellationToken.WaitHandle], Patience) == 0)
            {
                // To be given back, whatever else has happened.
                return true;
            }

            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }

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

    static IOException Busy(string path) => new($"Another process is writing '{path}'.");

    /// <summary>Gives the turn to the next, on the thread that took it.</summary>
    public void Dispose()
    {
        _mutex.ReleaseMutex();
        _mutex.Dispose();
    }
}
