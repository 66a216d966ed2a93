using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LangSmithPg.Common;

namespace LangSmithPg.Tls;

/// <summary>What a certificate says of itself, in the words of RFC 5280.</summary>
static class CertificateFacts
{
    const string CommonNameOid = "2.5.4.3";
    const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    const string AnyUsage = "2.5.29.37.0";
    const int SmallestRsa = 2048;

    // P-256, P-384 and P-521.
    static readonly string[] CommonCurves = ["1.2.840.10045.3.1.7", "1.3.132.0.34", "1.3.132.0.35"];

    /// <summary>
    /// Whether all of it can be read. .NET takes a certificate whose parts are damaged, and throws only when one of them is asked for: none
    /// such goes any further.
    /// </summary>
    public static bool IsWhole(this X509Certificate2 certificate)
    {
        try
        {
            _ = (certificate.Begins(), certificate.Ends(), certificate.ShownSubject(), certificate.ShownIssuer(), certificate.ShownName(), certificate.SignatureAlgorithm.FriendlyName);
            _ = (certificate.IsAuthority(), certificate.IsForClients(), certificate.Weakness(), certificate.HasCommonKey(), certificate.KeyName(), ServerNames.Of(certificate));
            using AsymmetricAlgorithm? key = (AsymmetricAlgorithm?)certificate.GetRSAPublicKey() ?? certificate.GetECDsaPublicKey();
            _ = key?.ExportSubjectPublicKeyInfo();
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>Whether it may issue others: an authority, and not barred from signing.</summary>
    public static bool IsAuthority(this X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509BasicConstraintsExtension>().FirstOrDefault() is { CertificateAuthority: true }
        && certificate.Extensions.OfType<X509KeyUsageExtension>().All(usage => usage.KeyUsages.HasFlag(X509KeyUsageFlags.KeyCertSign));

    /// <summary>Whether it names itself as its issuer, as roots do.</summary>
    public static bool IsSelfIssued(this X509Certificate2 certificate) =>
        certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);

    /// <summary>Whether another certificate's subject is its issuer.</summary>
    public static bool IsIssuedBy(this X509Certificate2 certificate, X509Certificate2 issuer) =>
        certificate.IssuerName.RawData.AsSpan().SequenceEqual(issuer.SubjectName.RawData);

    /// <summary>Whether a client may show it to a server.</summary>
    public static bool IsForClients(this X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().FirstOrDefault() is not { } usage
        || usage.EnhancedKeyUsages.Cast<Oid>().Any(one => one.Value is ClientAuthentication or AnyUsage);

    /// <summary>The common name of its subject, or null. With several, the first one, as PostgreSQL takes it.</summary>
    public static string? CommonName(this X509Certificate2 certificate) => certificate.SubjectName.EnumerateRelativeDistinguishedNames(reversed: false)
        .Where(name => !name.HasMultipleElements && name.GetSingleElementType().Value == CommonNameOid)
        .Select(name => name.GetSingleElementValue())
        .FirstOrDefault();

    /// <summary>What it is called in messages: its common name, or its whole subject.</summary>
    public static string ShownName(this X509Certificate2 certificate) => VisibleText.Line(certificate.CommonName() ?? certificate.Subject);

    /// <summary>Its subject as it is shown: whoever made it may have put anything in.</summary>
    public static string ShownSubject(this X509Certificate2 certificate) => VisibleText.Line(certificate.Subject);

    /// <summary>Its issuer as it is shown.</summary>
    public static string ShownIssuer(this X509Certificate2 certificate) => VisibleText.Line(certificate.Issuer);

    /// <summary>Why today's TLS libraries refuse it, or null: a short RSA key, or a signature with SHA-1 or MD5.</summary>
    public static string? Weakness(this X509Certificate2 certificate)
    {
        using var rsa = certificate.GetRSAPublicKey();
        if (rsa is { KeySize: < SmallestRsa })
        {
            return $"Its RSA key has {rsa.KeySize} bits.";
        }

        // Nobody checks the signature of a root: it is trusted for what it is.
        return !certificate.IsSelfIssued() && certificate.WeakHash() is { } hash ? $"It is signed with {hash}." : null;
    }

    /// <summary>Whether its key is of a kind that OpenSSL, Python and Go all read: RSA, or EC on one of the curves of NIST.</summary>
    public static bool HasCommonKey(this X509Certificate2 certificate)
    {
        using var curve = certificate.GetECDsaPublicKey();
        return curve is null || CommonCurves.Contains(curve.ExportParameters(includePrivateParameters: false).Curve.Oid?.Value);
    }

    /// <summary>Its key, such as <c>RSA 2048</c>.</summary>
    public static string KeyName(this X509Certificate2 certificate)
    {
        using AsymmetricAlgorithm? key = (AsymmetricAlgorithm?)certificate.GetRSAPublicKey() ?? certificate.GetECDsaPublicKey();
        return key switch
        {
            RSA rsa => string.Create(CultureInfo.InvariantCulture, $"RSA {rsa.KeySize}"),
            ECDsa curve => string.Create(CultureInfo.InvariantCulture, $"EC {curve.KeySize}"),
            _ => certificate.PublicKey.Oid.FriendlyName ?? certificate.PublicKey.Oid.Value ?? "",
        };
    }

    /// <summary>Its last moment, in UTC.</summary>
    public static DateTimeOffset Ends(this X509Certificate2 certificate) => new(certificate.NotAfter.ToUniversalTime());

    /// <summary>Its first moment, in UTC.</summary>
    public static DateTimeOffset Begins(this X509Certificate2 certificate) => new(certificate.NotBefore.ToUniversalTime());
}
