using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace LangSmithPg.Fuzz.Targets;

/// <summary>
/// A server that says what an input tells it to, and closes. The input is a list of a letter, a length of two bytes and a body, which go
/// out as one of PostgreSQL's messages; the letter 0 waits for the client and has nothing behind it, and 255 sends its body as it is.
/// </summary>
sealed class ScriptedServer : IDisposable
{
    const byte Wait = 0;
    const byte Raw = 255;

    // A client that waits too is not waited for.
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(20);

    readonly TcpListener _listener = new(IPAddress.Any, 0);
    readonly ReadOnlyMemory<byte> _script;
    readonly CancellationTokenSource _stop = new();

    public ScriptedServer(ReadOnlyMemory<byte> script)
    {
        _script = script;
        _listener.Start();
        Serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Task Serving { get; }

    public void Dispose()
    {
        _stop.Cancel();
        Serving.Wait();
        _listener.Stop();
        _stop.Dispose();
    }

    async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await PlayAsync(client.Client);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // The input has been taken.
        }
    }

    async Task PlayAsync(Socket client)
    {
        try
        {
            client.NoDelay = true;
            var buffer = new byte[8192];
            for (var left = _script; !left.IsEmpty;)
            {
                var letter = left.Span[0];
                if (letter == Wait)
                {
                    left = left[1..];
                    using var patience = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
                    patience.CancelAfter(Patience);
                    try
                    {
                        await client.ReceiveAsync(buffer, patience.Token);
                    }
                    catch (OperationCanceledException) when (!_stop.IsCancellationRequested)
                    {
                        // It waits too.
                    }

                    continue;
                }

                var length = left.Length < 3 ? 0 : Math.Min(BinaryPrimitives.ReadUInt16BigEndian(left.Span[1..]), left.Length - 3);
                var body = left.Slice(Math.Min(3, left.Length), length);
                left = left[Math.Min(3 + length, left.Length)..];
                await client.SendAsync(letter == Raw ? body : Message(letter, body.Span), _stop.Token);
            }

            client.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The client left.
        }
    }

    static byte[] Message(byte letter, ReadOnlySpan<byte> body)
    {
        var message = new byte[5 + body.Length];
        message[0] = letter;
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), 4 + body.Length);
        body.CopyTo(message.AsSpan(5));
        return message;
    }
}
