using System.Diagnostics;

namespace LangSmithPg.Postgres.Connections;

/// <summary>
/// Ends waiting at a time limit or a cancellation, even where the work itself does not listen: name resolution and a server
/// that goes silent in the middle do not. What is left behind cleans up after itself in the background.
/// </summary>
static class Deadline
{
    /// <summary>Does the work within the limit.</summary>
    /// <exception cref="TimeoutException">The limit passed.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work, TimeSpan limit, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        return RunAsync(work, () => limit - clock.Elapsed, cancellationToken);
    }

    /// <summary>Does the work within a limit that may be moved while it is done.</summary>
    /// <param name="work">The work.</param>
    /// <param name="left">How much time is left.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="TimeoutException">The limit passed.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work, Func<TimeSpan> left, CancellationToken cancellationToken)
    {
        var abandoned = new CancellationTokenSource();
        var task = Task.Run(() => work(abandoned.Token), CancellationToken.None);
        try
        {
            while (true)
            {
                var limit = left();
                try
                {
                    return await task.WaitAsync(limit > TimeSpan.Zero ? limit : TimeSpan.Zero, cancellationToken);
                }
                catch (TimeoutException) when (!task.IsCompleted && left() > TimeSpan.Zero)
                {
                    // It was moved.
                }
            }
        }
        finally
        {
            _ = LeaveAsync(task, abandoned);
        }
    }

    // Nobody waits for this: on being cancelled, Npgsql asks the server to stop, and on a frozen network that takes a minute.
    static async Task LeaveAsync(Task task, CancellationTokenSource abandoned)
    {
        await abandoned.CancelAsync();
        await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        abandoned.Dispose();
    }
}
