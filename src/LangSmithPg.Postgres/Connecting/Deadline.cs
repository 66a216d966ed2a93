namespace LangSmithPg.Postgres.Connecting;

/// <summary>
/// Ends waiting at a time limit or a cancellation, even where the work itself does not listen: name resolution and a server
/// that goes silent in the middle do not. What is left behind cleans up after itself in the background.
/// </summary>
static class Deadline
{
    /// <summary>Does the work within the limit.</summary>
    /// <exception cref="TimeoutException">The limit passed.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work, TimeSpan limit, CancellationToken cancellationToken)
    {
        // Not disposed: work that was left behind still holds the token.
        var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limit);
        var task = Task.Run(() => work(deadline.Token), CancellationToken.None);
        try
        {
            return await task.WaitAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException();
        }
        finally
        {
            _ = task.ContinueWith(
                static (done, source) =>
                {
                    _ = done.Exception;
                    ((CancellationTokenSource)source!).Dispose();
                },
                deadline, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }
}
