using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Servers;
using LangSmithPg.Sql;
using LangSmithPg.Tls;
using Npgsql;

namespace LangSmithPg.Postgres.Connections;

/// <summary>Turns what Npgsql throws into a failure that says what to do.</summary>
static class FailureExplainer
{
    /// <summary>Whether Npgsql did not log in because the server asks for a method that it was not allowed. Nothing was sent then.</summary>
    public static bool IsForbiddenMethod(NpgsqlException exception) => exception.Message.Contains("\" authentication method is not allowed", StringComparison.Ordinal);

    /// <summary>Explains why there was no getting in.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="connection">The connection, with the secret that it was logged in with.</param>
    /// <param name="host">The host.</param>
    /// <param name="trust">What is known of TLS.</param>
    /// <param name="sendsToken">Whether the secret is a cloud's token.</param>
    public static ConnectionFailure Explain(Exception exception, PgConnectionString connection, PgHost host, TlsTrust trust, bool sendsToken)
    {
        if (trust.Refusal is { } refusal)
        {
            return refusal;
        }

        if (IsOutOfResources(exception))
        {
            return OutOfResources(exception);
        }

        return Causes(exception).OfType<PostgresException>().FirstOrDefault() switch
        {
            null => FromNetwork(exception, connection, host, trust),
            { SqlState: PostgresErrorCodes.InsufficientPrivilege } denied when trust.IsIn => new(
                ConnectionFailureKind.CatalogDenied, $"User {connection.UserName} may not read all that these checks ask the server for.",
                "Give it back what everybody may read by default, as the server's message names it: "
                    + $"GRANT SELECT ON pg_catalog.… TO {SqlIdentifier.Quote(connection.UserName)}; or GRANT EXECUTE ON FUNCTION pg_catalog.… TO {SqlIdentifier.Quote(connection.UserName)};",
                denied.SqlState, connection.Redact(denied.MessageText)),
            var fromServer => ConnectionFailures.FromServer(connection, new(fromServer.SqlState, fromServer.MessageText, fromServer.Routine)
            {
                HasTls = trust.WasOffered,
                IsOfToken = sendsToken,
                ShowedCertificate = trust.ShowedCertificate,
                CertificateName = trust.ShowedName,
            }),
        };
    }

    /// <summary>Whether this machine has nothing left for a connection: neither files and sockets, nor threads, nor memory.</summary>
    public static bool IsOutOfResources(Exception exception) => Causes(exception).Any(cause =>
        cause is OutOfMemoryException or TaskSchedulerException or SocketException { SocketErrorCode: SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable }
        // EMFILE and ENFILE.
        || (!OperatingSystem.IsWindows() && cause is IOException { HResult: 23 or 24 }));

    /// <summary>This machine has nothing left for a connection.</summary>
    /// <param name="exception">What was thrown.</param>
    public static ConnectionFailure OutOfResources(Exception exception) => new(
        ConnectionFailureKind.OutOfResources, "This machine has no files, sockets, threads or memory left for a connection.",
        "Use a smaller -ThrottleLimit; raise the limit of open files with ulimit -n.", Detail: VisibleText.Of(exception.Message));

    /// <summary>The time limit passed.</summary>
    /// <param name="host">The host.</param>
    /// <param name="limit">The limit.</param>
    /// <param name="step">How far it was by then.</param>
    public static ConnectionFailure TimedOut(PgHost host, TimeSpan limit, LoginStep step) => new(
        ConnectionFailureKind.TimedOut,
        $"{host} did not answer within {limit.TotalSeconds:0.#} s{step switch
        {
            LoginStep.Connected => ": the TCP connection was made, and then nothing came",
            LoginStep.Tls => ": the TLS handshake had not come to its end",
            LoginStep.Login => ": the login had not come to its end",
            LoginStep.In => ": the user was in, and a query had no answer",
            _ => "",
        }}.",
        step == LoginStep.None
            ? "Check firewall, security group and private DNS between here and the server; give more time with -TimeoutSeconds."
            : "Check the port, the server's load and its log, and what a proxy or load balancer in between forwards to; give more time with -TimeoutSeconds.");

    /// <summary>Nobody knows whether a COMMIT took effect.</summary>
    /// <param name="host">The host.</param>
    public static ConnectionFailure CommitUnknown(PgHost host) => new(
        ConnectionFailureKind.CommitUnknown, $"{host} was told to commit and did not answer. It could not be asked again whether it did.",
        "Run it again when the server answers: what has taken effect is not done twice. Look for a synchronous standby that is down (synchronous_standby_names).");

    /// <summary>Nothing took effect: the server has rolled it back.</summary>
    /// <param name="failure">Why it did not come to its end.</param>
    public static ConnectionFailure RolledBack(ConnectionFailure failure) =>
        failure with { Message = $"{failure.Message} The server rolled it back: nothing took effect." };

    /// <summary>Explains why there was no TLS with a host, where nobody tried to log in.</summary>
    public static ConnectionFailure FromNetwork(Exception exception, PgHost host)
    {
        var causes = Causes(exception).ToList();
        return FromNetwork(causes, VisibleText.Of(TlsAlerts.Detail(causes)), sslMode: null, host);
    }

    static ConnectionFailure FromNetwork(Exception exception, PgConnectionString connection, PgHost host, TlsTrust trust)
    {
        var causes = Causes(exception).ToList();
        var detail = connection.Redact(TlsAlerts.Detail(causes));
        if (Says(causes, "No password has been provided"))
        {
            return new(
                ConnectionFailureKind.PasswordMissing, $"The server asks user {connection.UserName} for a password and there is none.",
                "Give one in the connection string, with -Credential, or an IAM token with -AccessToken.", Detail: detail);
        }

        if (causes.OfType<AnswerTooLargeException>().FirstOrDefault() is { } large)
        {
            return new(
                ConnectionFailureKind.AnswerTooLarge, $"{host} sends more than any answer holds.", "Make sure that it is PostgreSQL itself, and the right server.",
                Detail: large.Message);
        }

        if (causes.OfType<UnusablePasswordException>().Any())
        {
            return new(
                ConnectionFailureKind.PasswordNotSupported, "These checks cannot log in with this password; LangSmith's drivers may.",
                "Choose a password of ASCII characters, which every driver takes for the same.", Detail: detail);
        }

        if (FromLoginMethod(causes, connection, host) is { } method)
        {
            return method;
        }

        if (causes.OfType<CertificateException>().FirstOrDefault() is { } unusable)
        {
            return new(
                ConnectionFailureKind.ClientCertificateUnreadable, "The client certificate cannot be used for TLS.", unusable.Problem.Fix,
                Detail: connection.Redact(unusable.Message));
        }

        if (trust.HasCertificate && TlsAlerts.IsAboutKey(causes))
        {
            return new(
                ConnectionFailureKind.ClientCertificateUnreadable, "Windows cannot use the private key of the client certificate.",
                "Run it as a user whose profile is loaded, with a key of RSA or EC (P-256, P-384 or P-521).", Detail: detail);
        }

        // With TLS 1.3 the server judges last, and its words may be lost when it closes the connection right behind them.
        if (trust.ShowedCertificate && !trust.IsIn && (causes.OfType<IOException>().Any() || TlsAlerts.IsAboutCertificate(causes)))
        {
            return new(
                ConnectionFailureKind.ClientCertificateRefused, $"{host} does not accept the client certificate.",
                "Show one of an authority that the server knows (ssl_ca_file), that is valid today, with its intermediates.", Detail: detail);
        }

        if (!trust.HasCertificate && TlsAlerts.IsAboutCertificate(causes))
        {
            return new(
                ConnectionFailureKind.ClientCertificateMissing, $"{host} asks for a client certificate.",
                "Give the client certificate with -ClientCertificate here, and to LangSmith with New-LangSmithMtlsSecret.", Detail: detail);
        }

        return FromNetwork(causes, detail, connection.SslMode, host);
    }

    // The words are Npgsql's own, in English on every machine.
    static ConnectionFailure? FromLoginMethod(IReadOnlyList<Exception> causes, PgConnectionString connection, PgHost host)
    {
        var (what, detail) = causes switch
        {
            _ when Says(causes, "\"GSS\" authentication") || Says(causes, "\"SSPI\" authentication") || Says(causes, "EnableIntegratedSecurity") => ("a Kerberos login (GSSAPI or SSPI)", null),
            _ when Says(causes, "\"Password\" authentication") => ("the password itself", null),
            _ when Says(causes, "\"MD5\" authentication") => ("an MD5 hash of the password", null),
            _ when Says(causes, "\"ScramSHA256\" authentication") => ("a login by SASL", null),
            _ when Says(causes, "\"None\" authentication") => ("nothing at all", null),
            _ when Says(causes, "OAUTHBEARER") => ("a login by OAuth", null),
            _ when Says(causes, "No supported SASL mechanism") || Says(causes, "Couldn't connect because ChannelBinding") || Says(causes, "Unable to bind to SCRAM")
                || Says(causes, "Authentication method not supported") || Says(causes, "over a non-SSL connection") => ("a login by another method", causes[^1].Message),
            _ => (null, (string?)null),
        };
        if (what is null)
        {
            return null;
        }

        var forbids = connection["require_auth"] is { Length: > 0 } || connection["channel_binding"] is "require" or "disable";
        return new(
            ConnectionFailureKind.LoginMethodNotSupported,
            forbids ? $"{host} asks for {what}, which require_auth or channel_binding of the connection does not allow." : $"{host} asks for {what}, which these checks cannot do.",
            forbids
                ? "Make sure that it is the right server; then give this user the method scram-sha-256 in pg_hba.conf, or allow the method in the connection."
                : "Give this user, database and address the method scram-sha-256 in pg_hba.conf: LangSmith logs in with a password, a client certificate or a cloud's token.",
            Detail: detail is null ? null : connection.Redact(detail));
    }

    static ConnectionFailure FromNetwork(IReadOnlyList<Exception> causes, string detail, LangSmithPg.Connections.SslMode? sslMode, PgHost host)
    {
        if (causes.OfType<SocketException>().FirstOrDefault() is { } socket)
        {
            return FromSocket(socket.SocketErrorCode, host, detail);
        }

        var (kind, message, fix) = causes switch
        {
            _ when Says(causes, "SSL connection requested") => (
                ConnectionFailureKind.TlsNotOffered, $"{host} offers no TLS, but sslmode={sslMode?.ToText()} asks for it.",
                "Switch TLS on at the server (ssl = on); use sslmode=disable only on a network that is trusted."),
            // Windows offers fewer ciphers than the drivers do.
            _ when TlsAlerts.IsAboutVersion(causes) && !DriverCiphers.AreOffered => (
                ConnectionFailureKind.TlsNotCommon, $"{host} and this machine have no TLS version or cipher in common. Whether LangSmith's pods have one is not known.",
                "Check it from a pod: New-LangSmithPgPreflightJob. Check ssl_min_protocol_version, ssl_max_protocol_version and ssl_ciphers at the server. Windows has TLS 1.3 from Windows 11 and Windows Server 2022 on."),
            _ when TlsAlerts.IsAboutVersion(causes) => (
                ConnectionFailureKind.TlsHandshakeFailed, $"{host} and this machine have no TLS version or cipher in common.",
                "Check ssl_min_protocol_version, ssl_max_protocol_version and ssl_ciphers at the server. Windows has TLS 1.3 from Windows 11 and Windows Server 2022 on."),
            _ when causes.OfType<AuthenticationException>().Any() => (
                ConnectionFailureKind.TlsHandshakeFailed, $"TLS with {host} did not come about.",
                "Check the TLS versions and ciphers of the server, and whether it asks for a client certificate."),
            _ when Says(causes, "unknown response") || Says(causes, "Received backend message") || Says(causes, "Expected ") => (
                ConnectionFailureKind.NotPostgreSql, $"What answers at {host} does not speak PostgreSQL's protocol.", "Check host and port."),
            _ when causes.OfType<JsonException>().Any() => (
                ConnectionFailureKind.UnsupportedServer, $"{host} speaks PostgreSQL's protocol, but what its catalogs hold is not PostgreSQL's.",
                "Use PostgreSQL itself, 14 or later."),
            _ when causes.OfType<IOException>().Any() => (
                ConnectionFailureKind.ConnectionClosed, $"{host} closed the connection.",
                "Look into the server's log; a proxy or firewall in between may have cut it."),
            _ => (ConnectionFailureKind.Other, $"There was no getting into {host}.", "See the detail."),
        };
        return new(kind, message, fix, Detail: detail);
    }

    static bool Says(IEnumerable<Exception> causes, string text) => causes.Any(cause => cause.Message.Contains(text, StringComparison.Ordinal));

    static ConnectionFailure FromSocket(SocketError error, PgHost host, string detail) => error switch
    {
        SocketError.TryAgain => new(
            ConnectionFailureKind.HostNotFound, $"The DNS servers of this machine gave no answer about {host.Name}.",
            "Check this machine's network and DNS servers, then try again.", Detail: detail),
        SocketError.HostNotFound or SocketError.NoData or SocketError.NoRecovery => new(
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
