using System.Collections.Concurrent;
using System.ComponentModel;
using System.Management.Automation;

namespace LangSmithPg.Cmdlets;

/// <summary>A cmdlet whose work Ctrl+C ends.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class CancellableCmdlet : PSCmdlet, IDisposable
{
    readonly CancellationTokenSource _stopping = new();

    private protected CancellationToken StopToken => _stopping.Token;

    /// <inheritdoc/>
    protected override void StopProcessing() => _stopping.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases the resources of the cmdlet.</summary>
    /// <param name="disposing">Whether it is called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            // A pipeline that has what it wanted (Select-Object -First 1) ends a cmdlet without stopping it.
            _stopping.Cancel();
            _stopping.Dispose();
        }
    }

    // Files may be on a share that hangs, or be a pipe without a writer: Ctrl+C abandons the read. Nothing in it may call PowerShell.
    internal T Wait<T>(Func<T> read)
    {
        try
        {
            return Task.Run(read).WaitAsync(_stopping.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    // A file that another program has open is waited for, until Ctrl+C.
    internal T Save<T>(Func<CancellationToken, T> write)
    {
        try
        {
            return write(_stopping.Token);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    // Only the pipeline's own thread may write: what the work posts on other threads is queued and done here.
    private protected T AwaitWith<T>(Func<Action<Action>, CancellationToken, Task<T>> work)
    {
        using var posts = new BlockingCollection<Action>();
        var task = Task.Run(async () =>
        {
            try
            {
                return await work(Post, _stopping.Token);
            }
            finally
            {
                posts.CompleteAdding();
            }
        });
        foreach (var post in posts.GetConsumingEnumerable(CancellationToken.None))
        {
            post();
        }

        try
        {
            return task.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }

        void Post(Action post)
        {
            try
            {
                posts.Add(post);
            }
            catch (Exception exception) when (exception is InvalidOperationException or ObjectDisposedException)
            {
                // Work that was abandoned at its time limit reports nothing.
            }
        }
    }
}
