using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LangSmithPg.Connections;
using LangSmithPg.Servers;

namespace LangSmithPg.Postgres.Connecting;

/// <summary>
/// Decides about the server's certificate as libpq does, and remembers what it saw. Npgsql's own verification is not used: it would
/// read certificate files and environment variables of the admin's machine that LangSmith's pods do not have.
/// Source: PostgreSQL documentation, libpq "SSL Support".
/// </summary>
sealed class TlsTrust
{
    enum Level
    {
        None,
        Authority,
        AuthorityAndName,
    }

    readonly Level _level;
    readonly X509Certificate2Collection? _authorities;
    X509Certificate2? _certificate;
    SslStream? _stream;

    TlsTrust(Level level, X509Certificate2Collection? authorities)
    {
        _level = level;
        _authorities = authorities;
    }

    /// <summary>Why the certificate was refused, or null.</summary>
    public ConnectionFailure? Refusal { get; private set; }

    /// <summary>What the open connection has, or null when it has no TLS.</summary>
    public ClientTls? Negotiated => _stream is { IsAuthenticated: true } stream
        ? new(NameOf(stream.SslProtocol), stream.NegotiatedCipherSuite.ToString(), _certificate?.Subject, _certificate?.NotAfter)
        : null;

    /// <summary>Whether the server ever offered TLS with a certificate that was accepted.</summary>
    public bool WasOffered => _stream is not null && Refusal is null;

    /// <summary>The trust that a connection asks for.</summary>
    /// <exception cref="IOException">The file that <c>sslrootcert</c> names cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    /// <exception cref="CryptographicException">The file holds no certificates.</exception>
    public static TlsTrust For(PgConnectionString connection)
    {
        var file = connection.RootCertificateFile;
        var level = connection.SslMode switch
        {
            SslMode.VerifyFull => Level.AuthorityAndName,
            SslMode.VerifyCa => Level.Authority,
            // With sslrootcert=system, libpq takes a missing sslmode for verify-full and refuses a weaker one.
            _ when connection.UsesSystemRootCertificate => Level.AuthorityAndName,
            SslMode.Require when file is not null => Level.Authority,
            _ => Level.None,
        };
        if (level == Level.None || file is null)
        {
            return new(level, authorities: null);
        }

        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(file);
        return authorities.Count > 0 ? new(level, authorities) : throw new CryptographicException("The file holds no PEM certificates.");
    }

    public void Apply(SslClientAuthenticationOptions options)
    {
        // Whatever client certificate Npgsql found on the admin's machine, the pods do not have it.
        options.ClientCertificates = null;
        options.ClientCertificateContext = null;
        options.CertificateRevocationCheckMode = X509RevocationMode.NoCheck;
        options.CertificateChainPolicy = new()
        {
            RevocationMode = X509RevocationMode.NoCheck,
            // What the server does not send is missing, as it is for every other driver.
            DisableCertificateDownloads = true,
        };
        if (_authorities is not null)
        {
            options.CertificateChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            options.CertificateChainPolicy.CustomTrustStore.AddRange(_authorities);
        }

        var host = options.TargetHost;
        options.RemoteCertificateValidationCallback = (stream, certificate, chain, errors) => Accept(stream, host, certificate, chain, errors);
    }

    bool Accept(object stream, string? host, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        _stream = stream as SslStream;
        _certificate = certificate is null ? null : new X509Certificate2(certificate);
        if (_level >= Level.Authority && (errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) != 0)
        {
            var why = string.Join(' ', chain?.ChainStatus.Select(status => status.StatusInformation.Trim()).Distinct() ?? []);
            Refusal = new(
                ConnectionFailureKind.CertificateNotTrusted, "The server's certificate is not trusted.",
                "Give the authority that signed it: sslrootcert=<file> here, config.customCa in the chart. A public authority needs neither.",
                Detail: $"Subject {_certificate?.Subject}, issuer {_certificate?.Issuer}. {why}");
        }
        else if (_level == Level.AuthorityAndName && errors != SslPolicyErrors.None)
        {
            Refusal = new(
                ConnectionFailureKind.CertificateNameMismatch, $"The server's certificate is not for host {host}.",
                "Connect by a name that the certificate holds.", Detail: $"It is for {string.Join(", ", Names())}.");
        }

        return Refusal is null;
    }

    // As PostgreSQL itself names it.
    static string NameOf(SslProtocols protocol) => protocol switch
    {
        SslProtocols.Tls13 => "TLSv1.3",
        SslProtocols.Tls12 => "TLSv1.2",
        _ => protocol.ToString(),
    };

    IEnumerable<string> Names()
    {
        var names = _certificate?.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        return names is null
            ? [_certificate?.Subject ?? "nobody"]
            : names.EnumerateDnsNames().Concat(names.EnumerateIPAddresses().Select(address => address.ToString()));
    }
}
