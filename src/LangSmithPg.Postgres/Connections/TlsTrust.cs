using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Connections.Drivers;
using LangSmithPg.Files;
using LangSmithPg.Postgres.Servers;
using LangSmithPg.Servers;
using LangSmithPg.Tls;

namespace LangSmithPg.Postgres.Connections;

/// <summary>
/// Decides about the server's certificate as libpq does, shows the client's, and remembers what it saw. Npgsql's own verification is
/// not used: it would read certificate files and environment variables of the admin's machine that LangSmith's pods do not have.
/// Source: PostgreSQL documentation, libpq "SSL Support".
/// </summary>
sealed class TlsTrust : IDisposable
{
    readonly CertificateCheck _check;
    readonly CaBundle? _authorities;
    readonly ClientCertificate? _client;
    // What was left behind at the time limit has a moment for asking the server to stop.
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    readonly object _turn = new();
    readonly List<SslStream> _streams = [];
    ShownCertificate? _certificate;
    bool _isOver;
    ServerChain? _chain;
    SslStream? _stream;
    readonly SslProtocols _protocols;
    readonly bool _sendsName;
    readonly bool _demandsRequest;
    bool _isAsked;
    volatile bool _hasBegun;
    volatile bool _isAskedForPassword;

    TlsTrust(CertificateCheck check, CaBundle? authorities, ClientCertificate? client, PgConnectionString connection)
    {
        _check = check;
        _authorities = authorities;
        _client = client;
        _protocols = ProtocolsOf(connection);
        _sendsName = connection["sslsni"] is null or ['1', ..];
        _demandsRequest = connection["sslcertmode"] == "require";
    }

    /// <summary>Why the certificate was refused, or null.</summary>
    public ConnectionFailure? Refusal { get; private set; }

    /// <summary>What the open connection has, or null when it has no TLS.</summary>
    public ClientTls? Negotiated => _stream is { IsAuthenticated: true } stream
        ? new(NameOf(stream.SslProtocol), NameOf(stream.NegotiatedCipherSuite), _chain is null ? null : VisibleText.Line(_chain.Certificate.Subject), NotAfter())
        {
            Chain = _chain,
            Authorities = _authorities,
            ClientCertificate = _client,
            AsksForClientCertificate = _client is null ? _isAsked : null,
        }
        : null;

    /// <summary>Whether the server ever offered TLS with a certificate that was accepted.</summary>
    public bool WasOffered => _stream is not null && Refusal is null;

    /// <summary>Whether there is a client certificate to show.</summary>
    public bool HasCertificate => _client is not null;

    /// <summary>Whether a client certificate was there to be shown once TLS was under way.</summary>
    public bool ShowedCertificate => _client is not null && _stream is not null;

    /// <summary>The common name of the client certificate that was shown, or null.</summary>
    public string? ShowedName => ShowedCertificate ? _client!.CommonName : null;

    /// <summary>How far the login is known to have come; before TLS, nothing is.</summary>
    public LoginStep Step => IsIn ? LoginStep.In
        : _isAskedForPassword || _stream is { IsAuthenticated: true } ? LoginStep.Login
        : _hasBegun ? LoginStep.Tls
        : LoginStep.None;

    /// <summary>What the certificate has to be, as the rest of a sentence.</summary>
    public string Demand => _check switch
    {
        CertificateCheck.None => "is not checked",
        CertificateCheck.Authority => $"must be issued by {Trusted}",
        _ => $"must be issued by {Trusted} and contain the host name",
    } + (_client is null ? "" : $", and {_client.Certificate.Subject} is presented if the server requests it");

    string Trusted => _authorities is null ? "a public CA" : $"a CA that was specified ({_authorities})";

    /// <summary>The trust that a connection asks for.</summary>
    /// <exception cref="IOException">The file that <c>sslrootcert</c> names cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    /// <exception cref="CryptographicException">The file holds no certificates.</exception>
    /// <exception cref="CertificateException">The client certificate cannot be used.</exception>
    public static TlsTrust For(PgConnectionString connection, SessionOptions options)
    {
        var client = connection["sslcertmode"] == "disable" ? null : options.ClientCertificate ?? ReadClient(connection);
        if (connection.UsesSystemRootCertificate)
        {
            // A mounted bundle takes the place of the system's. libpq refuses a mode that is weaker than this.
            return new(CertificateCheck.AuthorityAndName, options.Authorities, client, connection);
        }

        var file = connection.RootCertificateFile;
        // libpq passes over a file that is not there, as long as the mode does not insist on it.
        var hasFile = file is not null && (connection.SslMode >= SslMode.VerifyCa || File.Exists(file));
        var check = CertificatePolicy.CheckOf(PgDriver.Libpq, connection.SslMode, hasFile);
        return new(check, check == CertificateCheck.None ? null : ReadAuthorities(file), client, connection);
    }

    /// <summary>Whether the server let us in, which it does after it has accepted the client's certificate.</summary>
    public bool IsIn { get; set; }

    /// <summary>Makes sure that the client certificate was shown, where it has to be; before the password is sent.</summary>
    /// <exception cref="AuthenticationException">The server did not ask for it.</exception>
    public void DemandRequest()
    {
        _isAskedForPassword = true;
        if (_demandsRequest && _stream is not { IsMutuallyAuthenticated: true })
        {
            Refusal = new(
                ConnectionFailureKind.ClientCertificateNotRequested, "The server does not request the client certificate, which sslcertmode=require demands.",
                "Set ssl_ca_file on the server, or remove sslcertmode.");
            throw new AuthenticationException(Refusal.Message);
        }
    }

    /// <summary>Takes what was seen for unseen: the connection that is used has no TLS.</summary>
    public void Forget() => (_stream, _chain, Refusal) = (null, null, null);

    public void Apply(SslClientAuthenticationOptions options)
    {
        _hasBegun = true;

        // Whatever client certificate Npgsql found on the admin's machine, the pods do not have it.
        options.ClientCertificates = null;
        options.ClientCertificateContext = null;
        if (_client is null)
        {
            options.LocalCertificateSelectionCallback = NoteRequest;
        }
        else
        {
            Shown(_client).Apply(options);
        }

        options.CertificateRevocationCheckMode = X509RevocationMode.NoCheck;
        options.CertificateChainPolicy = ChainPolicy();
        options.EnabledSslProtocols = _protocols;
        options.CipherSuitesPolicy = DriverCiphers.Policy;
        var host = options.TargetHost;
        if (!_sendsName)
        {
            options.TargetHost = "";
        }

        options.RemoteCertificateValidationCallback = (stream, certificate, chain, _) => Accept(stream, host ?? "", certificate, chain);
    }

    /// <summary>
    /// Takes the client certificate back: on Windows its key lies in the user's key store until then. A login that was left behind fails,
    /// and a connection with TLS that was left behind is closed a moment later, whatever the server goes on to send.
    /// </summary>
    public void Dispose()
    {
        lock (_turn)
        {
            _isOver = true;
            _certificate?.Dispose();
            _certificate = null;
            _streams.RemoveAll(stream => stream is { IsAuthenticated: true, CanRead: false });
            if (_streams.Count > 0)
            {
                _ = CloseAsync([.. _streams]);
                _streams.Clear();
            }
        }
    }

    static async Task CloseAsync(SslStream[] streams)
    {
        await Task.Delay(Grace);
        foreach (var stream in streams)
        {
            // Without a farewell, which would wait for whoever writes.
            stream.Close();
        }
    }

    void Keep(SslStream? stream)
    {
        lock (_turn)
        {
            if (stream is not null)
            {
                _streams.Add(stream);
            }
        }
    }

    /// <summary>
    /// How .NET is to build the chain that nobody looks at: it has to, before it asks for a judgement. Nothing is downloaded, and the roots
    /// of this machine stay out of it, of which Windows would fetch those that it does not have.
    /// </summary>
    public static X509ChainPolicy ChainPolicy() => new()
    {
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
        TrustMode = X509ChainTrustMode.CustomRootTrust,
    };

    ShownCertificate Shown(ClientCertificate client)
    {
        lock (_turn)
        {
            ObjectDisposedException.ThrowIf(_isOver, this);
            return _certificate ??= new(client);
        }
    }

    // Asked for a choice before the handshake too, with nothing of the server yet.
    X509Certificate NoteRequest(object sender, string host, X509CertificateCollection own, X509Certificate? server, string[] issuers)
    {
        _isAsked |= server is not null;
        return null!;
    }

    bool Accept(object stream, string host, X509Certificate? certificate, X509Chain? built)
    {
        _stream = stream as SslStream;
        Keep(_stream);
        _chain = ChainOf(certificate, built);
        if (_chain is null)
        {
            return _check == CertificateCheck.None;
        }

        if (_check >= CertificateCheck.Authority && _chain.Evaluate(_authorities, DateTimeOffset.UtcNow) is not ChainTrust.Trusted and var trust)
        {
            Refusal = NotTrusted(trust);
        }
        else if (_check >= CertificateCheck.Authority && _chain.WeaknessInLibpq(_authorities) is { } weakness)
        {
            Refusal = new(
                ConnectionFailureKind.CertificateNotTrusted, "libpq and asyncpg do not accept the server's certificate.", ServerChain.Remedy,
                Detail: $"Subject {VisibleText.Line(_chain.Certificate.Subject)}, issuer {VisibleText.Line(_chain.Certificate.Issuer)}. {weakness}");
        }
        else if (_check == CertificateCheck.AuthorityAndName && !_chain.IsFor(host))
        {
            Refusal = new(
                ConnectionFailureKind.CertificateNameMismatch, $"The server's certificate is not for host {host}.",
                "Connect by a name that the certificate contains.", Detail: $"It is for {string.Join(", ", _chain.Names)}.");
        }

        return Refusal is null;
    }

    ConnectionFailure NotTrusted(ChainTrust trust)
    {
        var (reason, fix) = CertificatePolicy.Explain(trust);
        return new(
            ConnectionFailureKind.CertificateNotTrusted, "The server's certificate is not trusted.", fix,
            Detail: $"Subject {VisibleText.Line(_chain!.Certificate.Subject)}, issuer {VisibleText.Line(_chain.Certificate.Issuer)}. {reason}");
    }

    DateTimeOffset? NotAfter() => _chain is null ? null : new(_chain.Certificate.NotAfter.ToUniversalTime());

    // Where nothing is said, the system's own choice, which is 1.2 and later.
    static SslProtocols ProtocolsOf(PgConnectionString connection) =>
        connection["ssl_min_protocol_version"] is not { Length: > 0 } && connection["ssl_max_protocol_version"] is not { Length: > 0 }
            ? SslProtocols.None
            : TlsVersionRange.Of(connection) switch
            {
                (true, true) => SslProtocols.Tls12 | SslProtocols.Tls13,
                (true, _) => SslProtocols.Tls12,
                _ => SslProtocols.Tls13,
            };

    static CaBundle? ReadAuthorities(string? file)
    {
        if (file is null)
        {
            return null;
        }

        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(SharedFile.ReadAllText(file));
        return authorities.Count > 0 ? CaBundle.Of(authorities) : throw new CryptographicException("The file contains no PEM certificates.");
    }

    internal static ClientCertificate? ReadClient(PgConnectionString connection) => connection["sslcert"] is { Length: > 0 } certificate
        ? ClientCertificate.Read(certificate, connection["sslkey"] is { Length: > 0 } key ? key : null, Secret.From(connection["sslpassword"]))
        : null;

    /// <summary>What a server sent: its own certificate, and those that .NET keeps for building a chain.</summary>
    /// <exception cref="AuthenticationException">Its own certificate cannot be read.</exception>
    public static ServerChain? ChainOf(X509Certificate? certificate, X509Chain? built)
    {
        if (certificate is null)
        {
            return null;
        }

        var own = new X509Certificate2(certificate);
        return ServerChain.TryCreate(own, built?.ChainPolicy.ExtraStore.Where(one => !one.Equals(own)).Select(one => new X509Certificate2(one)) ?? [])
            ?? throw new AuthenticationException("The server's certificate is damaged.");
    }

    /// <summary>The protocol as PostgreSQL itself names it.</summary>
    public static string NameOf(SslProtocols protocol) => protocol.ToString() switch
    {
        nameof(SslProtocols.Tls13) => "TLSv1.3",
        nameof(SslProtocols.Tls12) => "TLSv1.2",
        "Tls11" => "TLSv1.1",
        "Tls" => "TLSv1",
        _ => "TLS of an unknown version",
    };

    /// <summary>The cipher suite by its registered name. Not every version of Windows tells it.</summary>
    public static string NameOf(TlsCipherSuite suite) => suite == TlsCipherSuite.TLS_NULL_WITH_NULL_NULL ? "cipher unknown" : suite.ToString();
}
