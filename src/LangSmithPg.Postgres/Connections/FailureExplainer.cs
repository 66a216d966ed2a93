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
                ConnectionFailureKind.CatalogDenied, $"User {connection.UserName} does not have permission to read everything that these checks query.",
                "Restore the default permission on the object that the server's message names: "
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
        ConnectionFailureKind.OutOfResources, "This machine has run out of files, sockets, threads or memory for a connection.",
        "Use a smaller -ThrottleLimit, or increase the limit of open files with ulimit -n.", Detail: VisibleText.Of(exception.Message));

    /// <summary>The time limit passed.</summary>
    /// <param name="host">The host.</param>
    /// <param name="limit">The limit.</param>
    /// <param name="step">How far it was by then.</param>
    public static ConnectionFailure TimedOut(PgHost host, TimeSpan limit, LoginStep step) => new(
        ConnectionFailureKind.TimedOut,
        $"{host} did not answer within {limit.TotalSeconds:0.#} s{step switch
        {
            LoginStep.Connected => ": the TCP connection was established, but no data was received",
            LoginStep.Tls => ": the TLS handshake did not complete",
            LoginStep.Login => ": the login did not complete",
            LoginStep.In => ": the login succeeded, but a query returned no result",
            _ => "",
        }}.",
        step == LoginStep.None
            ? "Check the firewall, security group and private DNS between this machine and the server, or increase -TimeoutSeconds."
            : "Check the port, the server's load and log, and the target of a proxy or load balancer, or increase -TimeoutSeconds.");

    /// <summary>Nobody knows whether a COMMIT took effect.</summary>
    /// <param name="host">The host.</param>
    public static ConnectionFailure CommitUnknown(PgHost host) => new(
        ConnectionFailureKind.CommitUnknown, $"{host} did not answer a COMMIT, and could not be asked again whether it took effect.",
        "Run the command again when the server answers: what has taken effect is not done twice. Check for a synchronous standby that is down (synchronous_standby_names).");

    /// <summary>Nothing took effect: the server has rolled it back.</summary>
    /// <param name="failure">Why it did not come to its end.</param>
    public static ConnectionFailure RolledBack(ConnectionFailure failure) =>
        failure with { Message = $"{failure.Message} The server rolled the transaction back: nothing was changed." };

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
                ConnectionFailureKind.PasswordMissing, $"The server requires a password for user {connection.UserName}, and none was specified.",
                "Specify a password in the connection string or with -Credential, or an IAM token with -AccessToken.", Detail: detail);
        }

        if (causes.OfType<AnswerTooLargeException>().FirstOrDefault() is { } large)
        {
            return new(
                ConnectionFailureKind.AnswerTooLarge, $"{host} sent an answer that is too large.", "Check that the host is the correct PostgreSQL server.",
                Detail: large.Message);
        }

        if (causes.OfType<UnusablePasswordException>().Any())
        {
            return new(
                ConnectionFailureKind.PasswordNotSupported, "These checks cannot log in with this password; LangSmith's drivers may.",
                "Choose a password of ASCII characters, which every driver processes in the same way.", Detail: detail);
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
                "Run the command as a user whose profile is loaded, with an RSA or EC key (P-256, P-384 or P-521).", Detail: detail);
        }

        // With TLS 1.3 the server judges last, and its words may be lost when it closes the connection right behind them.
        if (trust.ShowedCertificate && !trust.IsIn && (causes.OfType<IOException>().Any() || TlsAlerts.IsAboutCertificate(causes)))
        {
            return new(
                ConnectionFailureKind.ClientCertificateRefused, $"{host} does not accept the client certificate.",
                "Use a certificate that is valid, that was issued by a CA in the server's ssl_ca_file, and include its intermediate certificates.", Detail: detail);
        }

        if (!trust.HasCertificate && TlsAlerts.IsAboutCertificate(causes))
        {
            return new(
                ConnectionFailureKind.ClientCertificateMissing, $"{host} requires a client certificate.",
                "Specify the client certificate with -ClientCertificate here, and for LangSmith with New-LangSmithMtlsSecret.", Detail: detail);
        }

        return FromNetwork(causes, detail, connection.SslMode, host);
    }

    // The words are Npgsql's own, in English on every machine.
    static ConnectionFailure? FromLoginMethod(IReadOnlyList<Exception> causes, PgConnectionString connection, PgHost host)
    {
        var (what, detail) = causes switch
        {
            _ when Says(causes, "\"GSS\" authentication") || Says(causes, "\"SSPI\" authentication") || Says(causes, "EnableIntegratedSecurity") => ("a Kerberos login (GSSAPI or SSPI)", null),
            _ when Says(causes, "\"Password\" authentication") => ("a password in clear text", null),
            _ when Says(causes, "\"MD5\" authentication") => ("an MD5 hash of the password", null),
            _ when Says(causes, "\"ScramSHA256\" authentication") => ("a SASL login", null),
            _ when Says(causes, "\"None\" authentication") => ("no authentication", null),
            _ when Says(causes, "OAUTHBEARER") => ("an OAuth login", null),
            _ when Says(causes, "No supported SASL mechanism") || Says(causes, "Couldn't connect because ChannelBinding") || Says(causes, "Unable to bind to SCRAM")
                || Says(causes, "Authentication method not supported") || Says(causes, "over a non-SSL connection") => ("another login method", causes[^1].Message),
            _ => (null, (string?)null),
        };
        if (what is null)
        {
            return null;
        }

        var forbids = connection["require_auth"] is { Length: > 0 } || connection["channel_binding"] is "require" or "disable";
        return new(
            ConnectionFailureKind.LoginMethodNotSupported,
            forbids ? $"{host} requires {what}, which require_auth or channel_binding in the connection does not allow." : $"{host} requires {what}, which these checks do not support.",
            forbids
                ? "Check that the host is the correct server; then set the method scram-sha-256 for this user in pg_hba.conf, or allow the method in the connection."
                : "Set the method scram-sha-256 for this user, database and address in pg_hba.conf: LangSmith logs in with a password, a client certificate or a cloud's token.",
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
                ConnectionFailureKind.TlsNotOffered, $"{host} does not support TLS, but sslmode={sslMode?.ToText()} requires it.",
                "Enable TLS on the server (ssl = on); use sslmode=disable only on a trusted network."),
            // Windows offers fewer ciphers than the drivers do.
            _ when TlsAlerts.IsAboutVersion(causes) && !DriverCiphers.AreOffered => (
                ConnectionFailureKind.TlsNotCommon, $"{host} and this machine have no TLS version or cipher in common. Whether LangSmith's pods have one is not known.",
                "Run the check in a pod: New-LangSmithPgPreflightJob. Check ssl_min_protocol_version, ssl_max_protocol_version and ssl_ciphers on the server. Windows supports TLS 1.3 from Windows 11 and Windows Server 2022."),
            _ when TlsAlerts.IsAboutVersion(causes) => (
                ConnectionFailureKind.TlsHandshakeFailed, $"{host} and this machine have no TLS version or cipher in common.",
                "Check ssl_min_protocol_version, ssl_max_protocol_version and ssl_ciphers on the server. Windows supports TLS 1.3 from Windows 11 and Windows Server 2022."),
            _ when causes.OfType<AuthenticationException>().Any() => (
                ConnectionFailureKind.TlsHandshakeFailed, $"The TLS handshake with {host} failed.",
                "Check the TLS versions and ciphers of the server, and whether it requires a client certificate."),
            _ when Says(causes, "unknown response") || Says(causes, "Received backend message") || Says(causes, "Expected ") => (
                ConnectionFailureKind.NotPostgreSql, $"The service at {host} does not use the PostgreSQL protocol.", "Check host and port."),
            _ when causes.OfType<JsonException>().Any() => (
                ConnectionFailureKind.UnsupportedServer, $"{host} uses the PostgreSQL protocol, but its system catalogs are not those of PostgreSQL.",
                "Use PostgreSQL itself, 14 or later."),
            _ when causes.OfType<IOException>().Any() => (
                ConnectionFailureKind.ConnectionClosed, $"{host} closed the connection.",
                "Check the server's log; a proxy or firewall may have closed the connection."),
            _ => (ConnectionFailureKind.Other, $"Could not connect to {host}.", "See the details."),
        };
        return new(kind, message, fix, Detail: detail);
    }

    static bool Says(IEnumerable<Exception> causes, string text) => causes.Any(cause => cause.Message.Contains(text, StringComparison.Ordinal));

    static ConnectionFailure FromSocket(SocketError error, PgHost host, string detail) => error switch
    {
        SocketError.TryAgain => new(
            ConnectionFailureKind.HostNotFound, $"The DNS servers of this machine did not answer the query for {host.Name}.",
            "Check this machine's network and DNS servers, then try again.", Detail: detail),
        SocketError.HostNotFound or SocketError.NoData or SocketError.NoRecovery => new(
            ConnectionFailureKind.HostNotFound, $"The host name {host.Name} could not be resolved.",
            "Check the name; the name of a private endpoint resolves only in networks that its private DNS zone is linked to.", Detail: detail),
        SocketError.ConnectionRefused => new(
            ConnectionFailureKind.ConnectionRefused, $"{host} refused the connection: no server listens on this port.", "Check the port, and that the server is running.", Detail: detail),
        SocketError.TimedOut => new(
            ConnectionFailureKind.TimedOut, $"{host} did not answer.", "Check the firewall, security group and private DNS between this machine and the server.",
            Detail: detail),
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown => new(
            ConnectionFailureKind.ConnectionClosed, $"{host} closed the connection.",
            "Check the server's log; a proxy or firewall may have closed the connection.", Detail: detail),
        _ => new(
            ConnectionFailureKind.Unreachable, $"There is no route to {host}.", "Check the network, routes and VPN.", Detail: detail),
    };

    static IEnumerable<Exception> Causes(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            yield return exception;
        }
    }
}
