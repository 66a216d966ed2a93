using System.Net.Sockets;
using LangSmithPg.Sandbox.Postgres;

namespace LangSmithPg.Postgres.Tests;

/// <summary>Forwards to a server, and counts how often a client that has logged in waits for an answer.</summary>
sealed class CountingProxy : IAsyncDisposable
{
    readonly PostgresServer _upstream;
    readonly LoopbackServer _server;
    readonly Lock _sync = new();
    int _connections;
    int _roundTrips;
    bool _loggedIn;
    bool _waiting;

    public CountingProxy(PostgresServer upstream)
    {
        _upstream = upstream;
        _server = new(ServeAsync);
    }

    public int Port => _server.Port;

    public int Connections => _connections;

    public int RoundTrips => _roundTrips;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    async Task ServeAsync(NetworkStream client, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _connections);
        using var upstream = new TcpClient { NoDelay = true };
        await upstream.ConnectAsync(_upstream.Host, _upstream.Port, cancellationToken);
        var server = upstream.GetStream();
        await Task.WhenAny(
            PumpAsync(client, server, _ => ClientSays(), cancellationToken),
            PumpAsync(server, client, ServerSays, cancellationToken));
    }

    static async Task PumpAsync(NetworkStream from, NetworkStream to, Action<ReadOnlyMemory<byte>> observe, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReadAsync(buffer, cancellationToken) is > 0 and var length)
        {
            observe(buffer.AsMemory(0, length));
            await to.WriteAsync(buffer.AsMemory(0, length), cancellationToken);
        }
    }

    void ClientSays()
    {
        lock (_sync)
        {
            _waiting = _loggedIn;
        }
    }

    void ServerSays(ReadOnlyMemory<byte> bytes)
    {
        lock (_sync)
        {
            _roundTrips += _waiting ? 1 : 0;
            _waiting = false;
            _loggedIn |= bytes.Span.EndsWith(Protocol.ReadyForQuery);
        }
    }
}
