using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using LangSmithPg.Common;
using LangSmithPg.Connections;

namespace LangSmithPg.Postgres.Tests;

/// <summary>Does the same with every connection to a loopback port.</summary>
sealed class LoopbackServer : IAsyncDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _stop = new();
    readonly ConcurrentBag<Task> _connections = [];
    readonly Func<NetworkStream, CancellationToken, Task> _serve;
    readonly Task _accepting;

    public LoopbackServer(Func<NetworkStream, CancellationToken, Task> serve)
    {
        _serve = serve;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>A connection to it.</summary>
    public ConnectionParts Parts => PartsOf(Port);

    /// <summary>A connection to whatever listens on a loopback port.</summary>
    public static ConnectionParts PartsOf(int port) => new()
    {
        HostName = "127.0.0.1",
        Port = port,
        Database = "app",
        UserName = "app",
        Password = Secret.From(Tenant.Password),
    };

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        _stop.Dispose();
    }

    async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            // Disposed; a listener has many ways to say so.
        }
    }

    async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                client.NoDelay = true;
                await _serve(client.GetStream(), _stop.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                // The client left, or this is disposed.
            }
        }
    }
}
