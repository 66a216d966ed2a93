using System.Net.Sockets;
using LangSmithPg.Connections;

namespace LangSmithPg.Postgres.Tests;

/// <summary>Gives one answer to each thing that the client says, and after the last one waits for the client to leave.</summary>
sealed class HangingServer : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    readonly TaskCompletionSource _hanging = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly byte[][] _answers;
    readonly LoopbackServer _server;

    public HangingServer(params byte[][] answers)
    {
        _answers = answers;
        _server = new(ServeAsync);
    }

    public ConnectionParts Parts => _server.Parts;

    /// <summary>Completes when a client waits for an answer that does not come.</summary>
    public Task Hanging => _hanging.Task;

    public async Task AssertClientsLeaveAsync() => await _left.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    async Task ServeAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[4096];
        foreach (var answer in _answers)
        {
            await stream.ReadAtLeastAsync(buffer, 1, cancellationToken: cancellationToken);
            await stream.WriteAsync(answer, cancellationToken);
        }

        try
        {
            while (await stream.ReadAsync(buffer, cancellationToken) > 0)
            {
                _hanging.TrySetResult();
            }
        }
        catch (IOException)
        {
            // A reset is a way to leave.
        }

        _left.TrySetResult();
    }
}
