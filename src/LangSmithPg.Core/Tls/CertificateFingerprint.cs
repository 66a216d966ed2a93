using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LangSmithPg.Tls;

/// <summary>The SHA-256 fingerprint of a certificate, by which two people can be sure that they mean the same one.</summary>
static class CertificateFingerprint
{
    /// <summary>The fingerprint as OpenSSL writes it: pairs of hexadecimal digits with colons between them.</summary>
    /// <param name="certificate">The certificate.</param>
    public static string Of(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return string.Join(':', certificate.GetCertHash(HashAlgorithmName.SHA256).Select(octet => octet.ToString("X2", null)));
    }

    /// <summary>Whether a text is the fingerprint of a certificate, with or without colons and blanks, in capitals or not.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="text">The text.</param>
    public static bool Matches(X509Certificate2 certificate, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Equals(Digits(Of(certificate)), Digits(text), StringComparison.OrdinalIgnoreCase);
    }

    static string Digits(string text) => string.Concat(text.Where(character => character is not (':' or ' ' or '-')));
}
