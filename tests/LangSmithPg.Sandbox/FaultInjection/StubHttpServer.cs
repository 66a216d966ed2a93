using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using LangSmithPg.Sandbox.Net;

namespace LangSmithPg.Sandbox.FaultInjection;

/// <summary>
/// A web service on this machine, in place of one that tests must not reach. It notes what it was asked. .NET's own listener cannot take
/// a port that is free, and may forget a request whose client left, so that nothing ends the wait for it.
/// </summary>
public sealed class StubHttpServer : IAsyncDisposable
{
    readonly LoopbackListener _listener;
    readonly Func<StubHttpRequest, (int Status, string Json)> _answer;
    readonly Lock _answering = new();

    /// <summary>Starts it.</summary>
    /// <param name="answer">Answers a request with a status and JSON. It is called for one request at a time.</param>
    public StubHttpServer(Func<StubHttpRequest, (int Status, string Json)> answer)
    {
        _answer = answer;
        _listener = new(ServeAsync);
    }

    /// <summary>Its TCP port.</summary>
    public int Port => _listener.Port;

    /// <summary>Its address, without a slash at the end.</summary>
    public string Url => $"http://127.0.0.1:{Port}";

    /// <summary>Method and path of every request, with its query.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    async Task ServeAsync(Socket client, CancellationToken cancellationToken)
    {
        if (await StubHttpRequest.ReceiveAsync(client, cancellationToken) is not { } request)
            return;
        Asked.Enqueue($"{request.Method} {request.Target}");
        string answer;
        lock (_answering)
        {
            var (status, json) = _answer(request);
            answer = $"HTTP/1.1 {status} As asked\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n"
                + $"Connection: close\r\nMetadata-Flavor: Google\r\n\r\n{json}";
        }

        await client.SendAsync(Encoding.UTF8.GetBytes(answer), cancellationToken);
        client.Shutdown(SocketShutdown.Send);
        // Closed before the client has read its answer, the connection could be reset.
        await client.ReceiveAsync(new byte[1], cancellationToken);
    }
}
