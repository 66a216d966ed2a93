using System.Net.Sockets;
using System.Security.Authentication;
using LangSmithPg.Connections;
using LangSmithPg.Servers;
using Npgsql;

namespace LangSmithPg.Postgres.Connecting;

/// <summary>Turns what Npgsql throws into a failure that says what to do.</summary>
static class FailureExplainer
{
    public static ConnectionFailure Explain(Exception exception, PgConnectionString connection, PgHost host, TlsTrust trust)
    {
        if (trust.Refusal is { } refusal)
        {
            return refusal;
        }

        return Causes(exception).OfType<PostgresException>().FirstOrDefault() is { } fromServer
            ? ConnectionFailures.FromServer(connection, fromServer.SqlState, fromServer.MessageText)
            : FromNetwork(exception, connection, host);
    }

    public static ConnectionFailure TimedOut(PgHost host, TimeSpan limit) => new(
        ConnectionFailureKind.TimedOut, $"{host} did not answer within {limit.TotalSeconds:0.#} s.",
        "Check firewall, security group and private DNS between here and the server; give more time with -TimeoutSeconds.");

    static ConnectionFailure FromNetwork(Exception exception, PgConnectionString connection, PgHost host)
    {
        var causes = Causes(exception).ToList();
        var detail = ConnectionFailures.Scrub(causes[^1].Message, connection);
        if (causes.OfType<SocketException>().FirstOrDefault() is { } socket)
        {
            return FromSocket(socket.SocketErrorCode, host, detail);
        }

        var (kind, message, fix) = causes switch
        {
            _ when Says("No password has been provided") => (
                ConnectionFailureKind.PasswordMissing, $"The server asks user {connection.UserName} for a password and there is none.",
                "Give one in the connection string, with -Credential, or an IAM token with -AccessToken."),
            _ when Says("SSL connection requested") => (
                ConnectionFailureKind.TlsNotOffered, $"{host} offers no TLS, but sslmode={connection.SslMode?.ToText()} asks for it.",
                "Switch TLS on at the server (ssl = on); use sslmode=disable only on a network that is trusted."),
            _ when causes.OfType<AuthenticationException>().Any() => (
                ConnectionFailureKind.TlsHandshakeFailed, $"TLS with {host} did not come about.",
                "Check the TLS versions and ciphers of the server, and whether it asks for a client certificate."),
            _ when Says("unknown response") || Says("Received backend message") || Says("Expected ") => (
                ConnectionFailureKind.NotPostgreSql, $"What answers at {host} does not speak PostgreSQL's protocol.", "Check host and port."),
            _ when causes.OfType<IOException>().Any() => (
                ConnectionFailureKind.ConnectionClosed, $"{host} closed the connection.",
                "Look into the server's log; a proxy or firewall in between may have cut it."),
            _ => (ConnectionFailureKind.Other, $"There was no getting into {host}.", "See the detail."),
        };
        return new(kind, message, fix, Detail: detail);

        bool Says(string text) => causes.Exists(cause => cause.Message.Contains(text, StringComparison.Ordinal));
    }

    static ConnectionFailure FromSocket(SocketError error, PgHost host, string detail) => error switch
    {
        SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData or SocketError.NoRecovery => new(
            ConnectionFailureKind.HostNotFound, $"No DNS server here knows {host.Name}.",
            "Check the name; a private endpoint's name resolves only where its private DNS zone is linked.", Detail: detail),
        SocketError.ConnectionRefused => new(
            ConnectionFailureKind.ConnectionRefused, $"Nothing listens at {host}.", "Check the port, and that the server runs.", Detail: detail),
        SocketError.TimedOut => new(
            ConnectionFailureKind.TimedOut, $"{host} did not answer.", "Check firewall, security group and private DNS between here and the server.",
            Detail: detail),
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown => new(
            ConnectionFailureKind.ConnectionClosed, $"{host} closed the connection.",
            "Look into the server's log; a proxy or firewall in between may have cut it.", Detail: detail),
        _ => new(
            ConnectionFailureKind.Unreachable, $"There is no way from here to {host}.", "Check the network, routes and VPN.", Detail: detail),
    };

    static IEnumerable<Exception> Causes(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            yield return exception;
        }
    }
}
