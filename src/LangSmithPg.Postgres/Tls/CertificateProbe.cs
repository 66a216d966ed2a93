using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using LangSmithPg.Connections;
using LangSmithPg.Postgres.Connections;
using LangSmithPg.Postgres.Pooling;
using LangSmithPg.Servers;
using LangSmithPg.Tls;

namespace LangSmithPg.Postgres.Tls;

/// <summary>
/// Looks at the certificate of a PostgreSQL server: asks for TLS as every client does, and goes away before anybody logs in.
/// Source: PostgreSQL documentation, "SSL Session Encryption".
/// </summary>
static class CertificateProbe
{
    /// <summary>Looks.</summary>
    /// <param name="hosts">The hosts, of which the first one that answers counts.</param>
    /// <param name="direct">Whether TLS begins at once (<c>sslnegotiation=direct</c>), which PostgreSQL can from 17 on.</param>
    /// <param name="authorities">Who is trusted, for the verdicts; null for the public authorities.</param>
    /// <param name="limit">Most time for everything.</param>
    /// <param name="cancellationToken">Ends the look within moments, whatever the server does.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static async Task<CertificateObservation> RunAsync(
        IReadOnlyList<PgHost> hosts, bool direct, CaBundle? authorities, TimeSpan limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(hosts);
        CertificateObservation observation = null!;
        foreach (var host in hosts)
        {
            observation = await LookAtAsync(host, direct, authorities, limit / hosts.Count, cancellationToken);
            if (observation.Failure is not { IsOfTheNetwork: true })
            {
                break;
            }
        }

        return observation;
    }

    static async Task<CertificateObservation> LookAtAsync(
        PgHost host, bool direct, CaBundle? authorities, TimeSpan limit, CancellationToken cancellationToken)
    {
        var step = LoginStep.None;
        try
        {
            return await Deadline.RunAsync(AskAsync, limit, cancellationToken);
        }
        catch (TimeoutException)
        {
            return new(host, Certificate: null, FailureExplainer.TimedOut(host, limit, step));
        }
        catch (Exception exception) when (exception is IOException or SocketException or AuthenticationException)
        {
            return new(host, Certificate: null, FailureExplainer.FromNetwork(exception, host));
        }

        async Task<CertificateObservation> AskAsync(CancellationToken left)
        {
            using var client = new TcpClient { NoDelay = true };
            await client.ConnectAsync(await HostAddresses.FindAsync(host), host.Port, left);
            step = LoginStep.Connected;
            var network = client.GetStream();
            if (!direct && await RefusalOf(network, host, left) is { } refusal)
            {
                return new(host, Certificate: null, refusal);
            }

            step = LoginStep.Tls;
            return new(host, await ShakeHandsAsync(network, host, authorities, left), Failure: null);
        }
    }

    // 'S' is a yes and 'N' a no; 'E' begins the complaint of a server that knows no TLS at all, or is full.
    static async Task<ConnectionFailure?> RefusalOf(NetworkStream network, PgHost host, CancellationToken cancellationToken)
    {
        await network.WriteAsync(StartupMessage.SslRequest(), cancellationToken);
        var answer = new byte[1];
        await network.ReadExactlyAsync(answer, cancellationToken);
        return (char)answer[0] switch
        {
            'S' => null,
            'N' or 'E' => new(
                ConnectionFailureKind.TlsNotOffered, $"{host} does not support TLS.", "Enable TLS on the server (ssl = on)."),
            _ => new(
                ConnectionFailureKind.NotPostgreSql, $"The service at {host} does not use the PostgreSQL protocol.", "Check host and port."),
        };
    }

    static async Task<ServerCertificate> ShakeHandsAsync(NetworkStream network, PgHost host, CaBundle? authorities, CancellationToken cancellationToken)
    {
        ServerChain? chain = null;
        var isAsked = false;
        await using var secure = new SslStream(network, leaveInnerStreamOpen: true);
        await secure.AuthenticateAsClientAsync(
            new()
            {
                TargetHost = host.Name,
                ApplicationProtocols = [new("postgresql")],
                CertificateChainPolicy = TlsTrust.ChainPolicy(),
                CipherSuitesPolicy = DriverCiphers.Policy,
                LocalCertificateSelectionCallback = (_, _, _, server, _) =>
                {
                    isAsked |= server is not null;
                    return null!;
                },
                RemoteCertificateValidationCallback = (_, certificate, built, _) =>
                {
                    // Whoever it is: this is what the look is for, and nothing is told to the other side.
                    chain = TlsTrust.ChainOf(certificate, built);
                    return chain is not null;
                },
            },
            cancellationToken);
        var cipher = TlsTrust.NameOf(secure.NegotiatedCipherSuite);
        return new(
            host.Name, host.Port, chain ?? throw new AuthenticationException("The server did not present a certificate."), TlsTrust.NameOf(secure.SslProtocol),
            cipher, isAsked, TlsVerdicts.Evaluate(chain, host.Name, authorities, DateTimeOffset.UtcNow, cipher));
    }
}
