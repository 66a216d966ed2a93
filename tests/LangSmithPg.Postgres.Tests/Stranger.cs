using System.Buffers.Binary;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using LangSmithPg.Connections;

namespace LangSmithPg.Postgres.Tests;

/// <summary>
/// Somebody in the server's place, with or without TLS under a certificate of their own making. Gives one answer to the startup packet,
/// and keeps what is sent after it.
/// </summary>
sealed class Stranger : IAsyncDisposable
{
    const int SslRequest = 80877103;
    const int GssRequest = 80877104;

    readonly byte[] _answer;
    readonly Func<string, byte[]>? _reply;
    readonly X509Certificate2? _certificate;
    readonly SslProtocols _protocols;
    readonly LoopbackServer _server;
    readonly MemoryStream _startups = new();
    readonly MemoryStream _received = new();
    readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int _accepted;

    /// <param name="answer">What it answers to the startup packet.</param>
    /// <param name="tls">Whether it has TLS.</param>
    /// <param name="protocols">The versions of TLS that it has.</param>
    /// <param name="reply">What it answers to a password, or null for nothing.</param>
    public Stranger(byte[] answer, bool tls = false, SslProtocols protocols = SslProtocols.None, Func<string, byte[]>? reply = null)
    {
        _answer = answer;
        _reply = reply;
        _protocols = protocols;
        if (tls)
        {
            using var key = RSA.Create(2048);
            using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
                .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
            _certificate = X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), password: null);
        }

        _server = new(ServeAsync);
    }

    /// <summary>What it goes on sending after its answer, without an end; or null.</summary>
    public byte[]? Flood { get; init; }

    /// <summary>Completes when a client that is flooded has closed the connection.</summary>
    public Task Left => _left.Task;

    /// <summary>A connection to it.</summary>
    public ConnectionParts Parts => _server.Parts;

    /// <summary>How many connections there were.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>The startup packets.</summary>
    public byte[] Startups => Copy(_startups);

    /// <summary>All that was sent after them.</summary>
    public byte[] Received => Copy(_received);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _certificate?.Dispose();
    }

    async Task ServeAsync(Stream network, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _accepted);
        var stream = network;
        while (true)
        {
            var packet = await ReadPacketAsync(stream, cancellationToken);
            var code = BinaryPrimitives.ReadInt32BigEndian(packet.AsSpan(4));
            if (code is SslRequest or GssRequest)
            {
                var secure = code == SslRequest && _certificate is not null;
                await stream.WriteAsync(secure ? "S"u8.ToArray() : "N"u8.ToArray(), cancellationToken);
                stream = secure ? await SecureAsync(stream, cancellationToken) : stream;
                continue;
            }

            Keep(_startups, packet);
            break;
        }

        await stream.WriteAsync(_answer, cancellationToken);
        if (Flood is { } flood)
        {
            try
            {
                while (true)
                {
                    await stream.WriteAsync(flood, cancellationToken);
                }
            }
            catch (IOException)
            {
                _left.TrySetResult();
                return;
            }
        }

        var buffer = new byte[4096];
        for (int count; (count = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            Keep(_received, buffer.AsSpan(0, count));
            if (_reply is not null && buffer[0] == 'p')
            {
                await stream.WriteAsync(_reply(Encoding.UTF8.GetString(buffer.AsSpan(5, count - 6))), cancellationToken);
            }
        }
    }

    async Task<Stream> SecureAsync(Stream stream, CancellationToken cancellationToken)
    {
        var secure = new SslStream(stream);
        try
        {
            await secure.AuthenticateAsServerAsync(new() { ServerCertificate = _certificate, EnabledSslProtocols = _protocols }, cancellationToken);
        }
        catch (AuthenticationException refused)
        {
            throw new IOException(refused.Message, refused);
        }

        return secure;
    }

    static async Task<byte[]> ReadPacketAsync(Stream stream, CancellationToken cancellationToken)
    {
        var head = new byte[4];
        await stream.ReadExactlyAsync(head, cancellationToken);
        var packet = new byte[Math.Clamp(BinaryPrimitives.ReadInt32BigEndian(head), 8, 10_000)];
        head.CopyTo(packet, 0);
        await stream.ReadExactlyAsync(packet.AsMemory(4), cancellationToken);
        return packet;
    }

    static void Keep(MemoryStream kept, ReadOnlySpan<byte> bytes)
    {
        lock (kept)
        {
            kept.Write(bytes);
        }
    }

    static byte[] Copy(MemoryStream kept)
    {
        lock (kept)
        {
            return kept.ToArray();
        }
    }
}
