namespace LangSmithPg.Files;

/// <summary>
/// Tries again for a moment where Windows refuses a file that another program has open: an antivirus, OneDrive and the search index look
/// at every new file. Elsewhere no error has these codes.
/// </summary>
static class SharingRetry
{
    // Less than two seconds together. Somebody who keeps the file open for longer works with it.
    static readonly int[] Milliseconds = [10, 20, 50, 100, 200, 400, 500, 500];

    // Source: winerror.h. The last three are those of ReplaceFile.
    const int AccessDenied = 5;
    const int SharingViolation = 32;
    const int LockViolation = 33;
    const int UnableToRemoveReplaced = 1175;
    const int UnableToMoveReplacement = 1176;
    const int UnableToMoveReplacement2 = 1177;

    /// <summary>Does something with a file.</summary>
    /// <param name="action">What to do; called again after an error that may pass.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException">The waiting was ended.</exception>
    public static void Run(Action action, CancellationToken cancellationToken = default) => Run(
        () =>
        {
            action();
            return true;
        },
        cancellationToken);

    /// <inheritdoc cref="Run(Action, CancellationToken)"/>
    /// <returns>What it gave.</returns>
    public static T Run<T>(Func<T> action, CancellationToken cancellationToken = default)
    {
        foreach (var wait in Milliseconds)
        {
            try
            {
                return action();
            }
            catch (Exception exception) when (MayPass(exception))
            {
                cancellationToken.WaitHandle.WaitOne(wait);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        return action();
    }

    // Windows also denies access to a file that is being deleted, or scanned by some programs.
    static bool MayPass(Exception exception) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException => false,
        IOException => Code(exception) is SharingViolation or LockViolation or UnableToRemoveReplaced or UnableToMoveReplacement or UnableToMoveReplacement2,
        UnauthorizedAccessException => OperatingSystem.IsWindows() && Code(exception) == AccessDenied,
        _ => false,
    };

    static int? Code(Exception exception) => (exception.HResult & 0xFFFF0000) == 0x80070000 ? exception.HResult & 0xFFFF : null;
}
