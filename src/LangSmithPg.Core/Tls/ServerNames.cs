using System.Net;
using System.Security.Cryptography.X509Certificates;
using LangSmithPg.Common;

namespace LangSmithPg.Tls;

/// <summary>
/// For which hosts a certificate is. Source: PostgreSQL 18, libpq "Client Verification of Server Certificates"; OpenSSL, X509_check_host,
/// for Python; Go, crypto/x509 VerifyHostname.
/// </summary>
static class ServerNames
{
    /// <summary>Its subject alternative names, DNS names before addresses; its common name when it has none.</summary>
    public static IReadOnlyList<string> Of(X509Certificate2 certificate) => Alternatives(certificate) switch
    {
        ([], []) => new[] { certificate.CommonName() }.OfType<string>().Select(VisibleText.Line).ToArray(),
        var (names, addresses) => names.Select(VisibleText.Line).Concat(addresses.Select(address => address.ToString())).ToArray(),
    };

    /// <summary>Whether libpq takes it for a host: by an alternative name, or by its common name when it has none of the host's kind.</summary>
    public static bool MatchInLibpq(X509Certificate2 certificate, string host)
    {
        var (names, addresses) = Alternatives(certificate);
        var isAddress = IPAddress.TryParse(host, out var address);
        var hasOwnKind = isAddress ? addresses.Count > 0 : names.Count > 0;
        return (isAddress && addresses.Contains(address!))
            || names.Any(name => Matches(name, host))
            || (!hasOwnKind && certificate.CommonName() is { } common && Matches(common, host));
    }

    /// <summary>Whether Python does: the common name counts for a host name alone, and only without alternative names.</summary>
    public static bool MatchInPython(X509Certificate2 certificate, string host)
    {
        var (names, addresses) = Alternatives(certificate);
        return IPAddress.TryParse(host, out var address)
            ? addresses.Contains(address)
            : (names.Count > 0 ? names : [certificate.CommonName() ?? ""]).Any(name => IsNameInOpenSsl(name) && Matches(name, host));
    }

    /// <summary>Whether Go does: the common name never counts.</summary>
    public static bool MatchInGo(X509Certificate2 certificate, string host)
    {
        var (names, addresses) = Alternatives(certificate);
        return IPAddress.TryParse(host, out var address) ? addresses.Contains(address) : names.Any(name => Matches(name, host));
    }

    static (IReadOnlyList<string> Names, IReadOnlyList<IPAddress> Addresses) Alternatives(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault() is { } names
            ? ([.. names.EnumerateDnsNames()], [.. names.EnumerateIPAddresses()])
            : ([], []);

    // OpenSSL takes *.example.com, and not *.local: an asterisk wants two more labels behind it.
    static bool IsNameInOpenSsl(string name) => !name.StartsWith("*.", StringComparison.Ordinal) || name[2..].Contains('.', StringComparison.Ordinal);

    // An asterisk stands for the leftmost label, and for one label only.
    static bool Matches(string pattern, string host) =>
        string.Equals(pattern, host, StringComparison.OrdinalIgnoreCase)
        || (pattern.StartsWith("*.", StringComparison.Ordinal)
            && host.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot
            && string.Equals(pattern[1..], host[dot..], StringComparison.OrdinalIgnoreCase));
}
