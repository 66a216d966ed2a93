namespace LangSmithPg.Sandbox.Folders;

/// <summary>A lock between processes, which the operating system gives back when its holder dies.</summary>
sealed class FileLock : IDisposable
{
    readonly FileStream _file;

    FileLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, or returns null when it is held or its folder is gone.</summary>
    internal static FileLock? TryTake(string path)
    {
        try
        {
            return new(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            return null;
        }
    }

    internal static async Task<FileLock> TakeAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryTake(path) is { } taken)
                return taken;
            await Task.Delay(20, cancellationToken);
        }
    }

    public void Dispose() => _file.Dispose();
}
