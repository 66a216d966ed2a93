using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using LangSmithPg.Sandbox.Net;

namespace LangSmithPg.Sandbox.FaultInjection;

/// <summary>A listener on a free loopback port that treats every client badly, in one way.</summary>
public sealed class TarpitServer : IAsyncDisposable
{
    const int SslRequestLength = 8;

    readonly LoopbackListener _listener;

    TarpitServer(Func<Socket, CancellationToken, Task> serve) => _listener = new(serve);

    /// <summary>The address to connect to: <c>127.0.0.1</c>.</summary>
    public string Host { get; } = "127.0.0.1";

    /// <summary>The port to connect to.</summary>
    public int Port => _listener.Port;

    /// <summary>How many connections were accepted so far.</summary>
    public int Accepted => _listener.Accepted;

    /// <summary>Accepts, and never answers.</summary>
    public static TarpitServer Silent() => new(static (_, cancellationToken) => ForeverAsync(cancellationToken));

    /// <summary>Closes each connection as soon as it is accepted.</summary>
    public static TarpitServer Closing() => new(static (_, _) => Task.CompletedTask);

    /// <summary>Resets each connection after it has received some bytes.</summary>
    /// <param name="bytes">How many; 0 to reset at once.</param>
    public static TarpitServer ResettingAfter(int bytes) => new(async (client, cancellationToken) =>
    {
        await ReceiveAsync(client, bytes, cancellationToken);
        client.Reset();
    });

    /// <summary>Agrees to TLS when PostgreSQL's SSLRequest comes, and then never goes on.</summary>
    public static TarpitServer StallingTls() => new(static async (client, cancellationToken) =>
    {
        await ReceiveAsync(client, SslRequestLength, cancellationToken);
        await client.SendAsync("S"u8.ToArray(), cancellationToken);
        await ForeverAsync(cancellationToken);
    });

    /// <summary>Answers with fixed bytes as soon as the client has said anything, and then never goes on.</summary>
    /// <param name="answer">The bytes.</param>
    public static TarpitServer Answering(ReadOnlyMemory<byte> answer) => new(async (client, cancellationToken) =>
    {
        await ReceiveAsync(client, 1, cancellationToken);
        await client.SendAsync(answer, cancellationToken);
        await ForeverAsync(cancellationToken);
    });

    /// <summary>Asks for a password that is hashed so many times, and then never goes on. Source: RFC 5802, and PostgreSQL's "SASL Authentication".</summary>
    /// <param name="rounds">How many times.</param>
    public static TarpitServer AskingForRounds(int rounds) => new(async (client, cancellationToken) =>
    {
        const int Sasl = 10;
        const int SaslContinue = 11;
        await ReceiveTextAsync(client, cancellationToken);
        await client.SendAsync(Authentication(Sasl, "SCRAM-SHA-256\0\0"), cancellationToken);
        var first = await ReceiveTextAsync(client, cancellationToken);
        var nonce = first[(first.IndexOf("r=", StringComparison.Ordinal) + 2)..];
        await client.SendAsync(Authentication(SaslContinue, $"r={nonce}x,s=c2FsdA==,i={rounds}"), cancellationToken);
        await ForeverAsync(cancellationToken);
    });

    /// <summary>Closes the port and every connection.</summary>
    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    static Task ForeverAsync(CancellationToken cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);

    static async Task ReceiveAsync(Socket client, int bytes, CancellationToken cancellationToken)
    {
        var buffer = new byte[Math.Max(bytes, 1)];
        for (var received = 0; received < bytes;)
        {
            var count = await client.ReceiveAsync(buffer.AsMemory(received, bytes - received), cancellationToken);
            if (count == 0)
                throw new SocketException((int)SocketError.ConnectionReset);
            received += count;
        }
    }

    static async Task<string> ReceiveTextAsync(Socket client, CancellationToken cancellationToken)
    {
        var buffer = new byte[4096];
        return Encoding.ASCII.GetString(buffer, 0, await client.ReceiveAsync(buffer, cancellationToken));
    }

    static byte[] Authentication(int kind, string data)
    {
        var message = new byte[9 + data.Length];
        message[0] = (byte)'R';
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), message.Length - 1);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(5), kind);
        Encoding.ASCII.GetBytes(data, message.AsSpan(9));
        return message;
    }
}
