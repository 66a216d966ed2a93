using LangSmithPg.Connections;
using LangSmithPg.Connections.Drivers;

namespace LangSmithPg.Tls;

/// <summary>What a driver checks of a server's certificate.</summary>
enum CertificateCheck
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>That a trusted authority issued it.</summary>
    Authority,

    /// <summary>That a trusted authority issued it, and that it names the host.</summary>
    AuthorityAndName,
}

/// <summary>
/// The one rule of what is checked, for this module's own logins and for what it says of LangSmith's drivers.
/// Source: PostgreSQL 18, libpq "SSL Support"; asyncpg's connect_utils.py; configTLS of pgx's config.go.
/// </summary>
static class CertificatePolicy
{
    /// <summary>Returns what a driver checks.</summary>
    /// <param name="driver">The driver.</param>
    /// <param name="mode">The TLS mode, or null where none is given.</param>
    /// <param name="hasFile">Whether there is a file with authorities (<c>sslrootcert</c>).</param>
    public static CertificateCheck CheckOf(PgDriver driver, SslMode? mode, bool hasFile) => mode switch
    {
        SslMode.VerifyFull => CertificateCheck.AuthorityAndName,
        SslMode.VerifyCa => CertificateCheck.Authority,
        SslMode.Require => hasFile ? CertificateCheck.Authority : CertificateCheck.None,
        // libpq reads the file that is there, even where it would go on without TLS.
        _ => hasFile && driver == PgDriver.Libpq ? CertificateCheck.Authority : CertificateCheck.None,
    };

    /// <summary>Returns why certificates are not trusted, and what to do.</summary>
    /// <param name="trust">How they were evaluated.</param>
    public static (string Reason, string Fix) Explain(ChainTrust trust) => trust switch
    {
        ChainTrust.Expired => ("A certificate has expired.", "Renew the server's certificate."),
        ChainTrust.NotYetValid => ("A certificate is not valid yet.", "Check the clocks of this machine and of the server."),
        ChainTrust.NotForServers => (
            "A certificate is not a server certificate: its extended key usage lacks serverAuth.", "Have a certificate issued with extendedKeyUsage = serverAuth."),
        ChainTrust.IssuerUnknown => (
            "The issuer of the last certificate that the server sends is not trusted here.",
            "Specify the certificate of the CA that issued it: -CaCertificate or sslrootcert=<file> here, config.customCa in the chart. If an intermediate certificate is missing, configure the server to send it."),
        _ => (
            "The certificate authority (CA) is not trusted.",
            "Specify the certificate of the CA that issued it: -CaCertificate or sslrootcert=<file> here, config.customCa in the chart. A public CA does not have to be specified. A CA that only this machine trusts must be."),
    };
}
