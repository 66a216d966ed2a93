namespace LangSmithPg.Sandbox.FaultInjection;

/// <summary>Lets through while it is open, and holds back while it is closed.</summary>
sealed class Gate
{
    readonly Lock _sync = new();
    TaskCompletionSource _opened = Opened();

    internal void Close()
    {
        lock (_sync)
        {
            if (_opened.Task.IsCompleted)
                _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    internal void Open()
    {
        lock (_sync)
            _opened.TrySetResult();
    }

    internal Task PassAsync(CancellationToken cancellationToken)
    {
        lock (_sync)
            return _opened.Task.WaitAsync(cancellationToken);
    }

    static TaskCompletionSource Opened()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }
}
