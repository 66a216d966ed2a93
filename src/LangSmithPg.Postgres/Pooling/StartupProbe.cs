using System.Buffers.Binary;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using LangSmithPg.Connections;
using LangSmithPg.Postgres.Connections;
using LangSmithPg.Postgres.Servers;
using LangSmithPg.Servers;

namespace LangSmithPg.Postgres.Pooling;

/// <summary>
/// Begins a session with the startup parameters that LangSmith sends, and goes away at the first answer. No driver sends arbitrary
/// startup parameters, and a pooler refuses them before it asks for a password: none is sent.
/// </summary>
static class StartupProbe
{
    // Longer than any honest answer; what pretends to be longer is not PostgreSQL.
    const int MaximumAnswer = 65_536;

    /// <summary>Probes.</summary>
    /// <returns>The refusal, or null when the parameters are taken.</returns>
    /// <exception cref="IOException">The connection broke, or what answers is not PostgreSQL.</exception>
    /// <exception cref="SocketException">There was no connection.</exception>
    public static async Task<StartupRefusal?> RunAsync(PgConnectionString connection, PgHost host, SessionOptions look, CancellationToken cancellationToken)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(await HostAddresses.FindAsync(host), host.Port, cancellationToken);
        using var trust = await DedicatedThread.RunAsync(() => TlsTrust.For(connection, look));
        await using var over = cancellationToken.Register(trust.Dispose);
        await using var stream = await SecureAsync(client.GetStream(), connection, host, trust, cancellationToken);
        await stream.WriteAsync(
            StartupMessage.Create(
            [
                new("user", connection.UserName),
                new("database", connection.Database),
                new("application_name", "LangSmithPg"),
                new("search_path", connection.Schema),
                new("lock_timeout", "5000"),
            ]),
            cancellationToken);

        // 'E' is a refusal; anything else is the server asking for the password, or letting us in without one.
        var head = new byte[5];
        await stream.ReadExactlyAsync(head, cancellationToken);
        if (head[0] != 'E')
        {
            return null;
        }

        var length = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(1)) - 4;
        if (length is < 0 or > MaximumAnswer)
        {
            throw new IOException("The answer is not a PostgreSQL message.");
        }

        var body = new byte[length];
        await stream.ReadExactlyAsync(body, cancellationToken);
        return ReadRefusal(body, connection);
    }

    static async Task<Stream> SecureAsync(
        NetworkStream network, PgConnectionString connection, PgHost host, TlsTrust trust, CancellationToken cancellationToken)
    {
        if (connection.EffectiveSslMode() is SslMode.Disable or SslMode.Allow)
        {
            return network;
        }

        if (connection["sslnegotiation"] != "direct")
        {
            await network.WriteAsync(StartupMessage.SslRequest(), cancellationToken);
            var answer = new byte[1];
            await network.ReadExactlyAsync(answer, cancellationToken);
            if (answer[0] == 'N' && connection.EffectiveSslMode() == SslMode.Prefer)
            {
                return network;
            }

            if (answer[0] != 'S')
            {
                throw new IOException("The server does not support TLS.");
            }
        }

        var options = new SslClientAuthenticationOptions { TargetHost = host.Name, ApplicationProtocols = [new("postgresql")] };
        trust.Apply(options);
        var secure = new SslStream(network, leaveInnerStreamOpen: false);
        await secure.AuthenticateAsClientAsync(options, cancellationToken);
        return secure;
    }

    // Fields of one letter each, ended by a NUL: C is the code, M the message. Only these two codes are about parameters;
    // an unknown database or a full server says the same to everybody, and the login tells it.
    static StartupRefusal? ReadRefusal(byte[] body, PgConnectionString connection)
    {
        var fields = Encoding.UTF8.GetString(body).Split('\0').Where(field => field.Length > 1).ToLookup(field => field[0], field => field[1..]);
        return fields['C'].FirstOrDefault() is ("08P01" or "0A000") and var code
            ? new(code, connection.Redact(fields['M'].FirstOrDefault() ?? ""))
            : null;
    }
}
