using System.Security.Cryptography;
using System.Text;

namespace LangSmithPg.Files;

/// <summary>Lets one process or thread of this machine and user at a time look whether a file is unchanged and replace it.</summary>
sealed class FileTurn : IDisposable
{
    // Whoever is at it is done within moments, unless the disk hangs.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly Mutex _mutex;

    FileTurn(Mutex mutex) => _mutex = mutex;

    /// <summary>Waits for the turn.</summary>
    /// <param name="path">Full path of the file.</param>
    /// <exception cref="IOException">Somebody else is at it and does not come to an end.</exception>
    public static FileTurn? Take(string path)
    {
        Mutex mutex;
        try
        {
            mutex = new(initiallyOwned: false, $"LangSmithPg-{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(path)))}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or WaitHandleCannotBeOpenedException)
        {
            // No place for it on this machine, such as a read-only /tmp: that the file is unchanged is still looked at.
            return null;
        }

        try
        {
            if (!mutex.WaitOne(Patience))
            {
                mutex.Dispose();
                throw new IOException($"Another process is writing '{path}'.");
            }
        }
        catch (AbandonedMutexException)
        {
            // Its owner was killed, and the file is whole all the same.
        }

        return new(mutex);
    }

    /// <summary>Gives the turn to the next, on the thread that took it.</summary>
    public void Dispose()
    {
        _mutex.ReleaseMutex();
        _mutex.Dispose();
    }
}
