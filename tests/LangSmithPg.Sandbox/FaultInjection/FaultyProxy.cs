using System.Collections.Concurrent;
using System.Net.Sockets;
using LangSmithPg.Sandbox.Net;

namespace LangSmithPg.Sandbox.FaultInjection;

/// <summary>A forwarder on a free loopback port: a network with a delay, which can freeze or break in the middle.</summary>
/// <remarks>All members may be used from any thread.</remarks>
public sealed class FaultyProxy : IAsyncDisposable
{
    readonly LoopbackListener _listener;
    readonly FaultyProxyOptions _options;
    readonly Gate _gate = new();
    readonly ConcurrentDictionary<Socket, byte> _sockets = new();
    long _toServer;
    long _toClient;
    int _broken;

    FaultyProxy(FaultyProxyOptions options)
    {
        _options = options;
        _listener = new(ServeAsync);
    }

    /// <summary>The address to connect to: <c>127.0.0.1</c>.</summary>
    public string Host { get; } = "127.0.0.1";

    /// <summary>The port to connect to.</summary>
    public int Port => _listener.Port;

    /// <summary>How many connections were accepted so far.</summary>
    public int Accepted => _listener.Accepted;

    /// <summary>How many bytes were forwarded to the server so far.</summary>
    public long BytesToServer => Interlocked.Read(ref _toServer);

    /// <summary>How many bytes were forwarded to the clients so far.</summary>
    public long BytesToClient => Interlocked.Read(ref _toClient);

    /// <summary>How many connections broke where they were to.</summary>
    public int Broken => Volatile.Read(ref _broken);

    /// <summary>Starts a proxy.</summary>
    /// <param name="options">Where it leads, and how slowly.</param>
    public static FaultyProxy Start(FaultyProxyOptions options) => new(options);

    /// <summary>Stops forwarding in both directions. Connections stay open, and new ones are accepted but hang.</summary>
    public void Freeze() => _gate.Close();

    /// <summary>Goes on after <see cref="Freeze"/>. Nothing was lost.</summary>
    public void Thaw() => _gate.Open();

    /// <summary>Resets every connection there is. New ones are forwarded.</summary>
    public void Cut()
    {
        foreach (var socket in _sockets.Keys)
            socket.Reset();
    }

    /// <summary>Closes the port and every connection.</summary>
    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    async Task ServeAsync(Socket client, CancellationToken cancellationToken)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await server.ConnectAsync(_options.UpstreamHost, _options.UpstreamPort, cancellationToken);
        await Task.Delay(_options.DelayToConnect, cancellationToken);
        _sockets[client] = _sockets[server] = 0;
        Action<Socket> breakOff = socket => Break(socket, isClient: socket == client);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var ways = new[]
            {
                new DelayedPipe(
                    client, server, _options.DelayToServer, _gate, n => Interlocked.Add(ref _toServer, n), BreakAfter(ofServer: false), breakOff).RunAsync(either.Token),
                new DelayedPipe(
                    server, client, _options.DelayToClient, _gate, n => Interlocked.Add(ref _toClient, n), BreakAfter(ofServer: true), breakOff).RunAsync(either.Token),
            };
            // A way that breaks takes the other one with it; one that ends in order does not.
            await foreach (var way in Task.WhenEach(ways))
            {
                if (!way.IsCompletedSuccessfully)
                    await either.CancelAsync();
            }
        }
        finally
        {
            _sockets.TryRemove(client, out _);
            _sockets.TryRemove(server, out _);
        }
    }

    long BreakAfter(bool ofServer) => _options.Break is { } place && place.OfServer == ofServer ? place.After : long.MaxValue;

    void Break(Socket socket, bool isClient)
    {
        if (isClient)
            Interlocked.Increment(ref _broken);
        switch (_options.Break!.Kind)
        {
            case ProxyBreakKind.Reset:
                socket.Reset();
                break;
            case ProxyBreakKind.Close:
                socket.Shutdown(SocketShutdown.Send);
                break;
            default:
                Freeze();
                break;
        }
    }
}
