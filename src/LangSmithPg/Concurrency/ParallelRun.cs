using System.Collections.Concurrent;

namespace LangSmithPg.Concurrency;

/// <summary>
/// Works on many inputs at a time, never on more than the limit. The pipeline's own thread adds inputs and takes events;
/// all work is done elsewhere.
/// </summary>
/// <param name="limit">The maximum number of inputs at a time.</param>
/// <param name="work">Turns an input into a result; may tell what it does.</param>
/// <param name="cancellationToken">Ends all work.</param>
sealed class ParallelRun<TInput, TResult>(
    int limit, Func<TInput, Action<string>, CancellationToken, Task<TResult>> work, CancellationToken cancellationToken) : IDisposable
{
    readonly SemaphoreSlim _slots = new(limit);
    readonly BlockingCollection<ParallelEvent<TResult>> _events = [];
    readonly List<Task> _tasks = [];

    /// <summary>How many inputs there are so far.</summary>
    public int Total => _tasks.Count;

    /// <summary>Starts work on an input as soon as there is a slot. Does not wait.</summary>
    public void Add(TInput input)
    {
        var index = _tasks.Count;
        _tasks.Add(Task.Run(() => WorkAsync(index, input), CancellationToken.None));
    }

    /// <summary>Says that no inputs follow, so that the events come to an end.</summary>
    public void Complete() => Task.WhenAll(_tasks).ContinueWith(
        _ => _events.CompleteAdding(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    /// <summary>Takes the next event if there is one by now.</summary>
    public bool TryTake(out ParallelEvent<TResult> next, TimeSpan wait) => _events.TryTake(out next, wait);

    /// <summary>Whether all events have been taken.</summary>
    public bool IsCompleted => _events.IsCompleted;

    public void Dispose()
    {
        // Work that was abandoned at its time limit may still hold a slot: both are collected with it.
        if (_tasks.TrueForAll(task => task.IsCompleted))
        {
            _slots.Dispose();
            _events.Dispose();
        }
    }

    async Task WorkAsync(int index, TInput input)
    {
        await _slots.WaitAsync(cancellationToken);
        try
        {
            Tell(new(index, Result: await work(input, message => Tell(new(index, message)), cancellationToken)));
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // One input that goes wrong must not keep the others from being told.
            Tell(new(index, Error: exception));
        }
        finally
        {
            _slots.Release();
        }
    }

    void Tell(ParallelEvent<TResult> told)
    {
        try
        {
            _events.Add(told, CancellationToken.None);
        }
        catch (InvalidOperationException)
        {
            // Work that was abandoned at its time limit reports nothing.
        }
    }
}

/// <summary>Something that happened to one input: a message on the way, its result, or the end of its work without one.</summary>
/// <param name="Index">Which input, from 0.</param>
/// <param name="Message">What the work tells, or null when it is done.</param>
/// <param name="Result">The result when the work is done.</param>
/// <param name="Error">Why there is no result.</param>
readonly record struct ParallelEvent<TResult>(int Index, string? Message = null, TResult? Result = default, Exception? Error = null);
