using System.Security.Cryptography.X509Certificates;
using LangSmithPg.Connections.Drivers;

namespace LangSmithPg.Tls;

/// <summary>
/// Certificates and ciphers that the drivers' TLS libraries refuse, whoever issued them. libpq and asyncpg use OpenSSL at security level 2,
/// as Debian and the images of Python have it; pgx uses Go. Sources: OpenSSL, SSL_CTX_set_security_level and check_purpose_ssl_server; Go,
/// crypto/x509 and crypto/tls; Python, PY_SSL_DEFAULT_CIPHERS. Measured with libpq 15, asyncpg 0.27 and pgx 4.15.
/// </summary>
static class DriverLimits
{
    const int SmallestRsa = 2048;

    /// <summary>What a certificate is to be like.</summary>
    public const string Remedy = "Have a certificate issued with an RSA key of 2048 bits or more, or an EC key on P-256, signed with SHA-256, with "
        + "keyUsage = digitalSignature, keyEncipherment and extendedKeyUsage = serverAuth; the requirements for key and signature also apply to the CA certificate.";

    const X509KeyUsageFlags UsagesOfServers = X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.KeyAgreement;

    // RSA, EC and Ed25519.
    static readonly string[] KeysOfGo = ["1.2.840.113549.1.1.1", "1.2.840.10045.2.1", "1.3.101.112"];

    /// <summary>Why a driver refuses the certificates, or null.</summary>
    /// <param name="driver">The driver.</param>
    /// <param name="path">The certificates from the server's own to the one that is trusted, as far as they are known.</param>
    /// <param name="verifies">Whether the driver verifies them.</param>
    public static string? Refusal(PgDriver driver, IReadOnlyList<X509Certificate2> path, bool verifies)
    {
        var usesGo = driver == PgDriver.Pgx;
        if (usesGo && !KeysOfGo.Contains(path[0].PublicKey.Oid.Value))
        {
            return $"Go does not support keys of type {path[0].KeyName()}.";
        }

        if (!verifies)
        {
            return null;
        }

        // Nobody checks the signature of the one that is trusted.
        var signed = path.Where((one, index) => index < path.Count - 1 || !one.IsSelfIssued()).ToList();
        if (signed.Select(one => one.WeakHash()).FirstOrDefault(hash => hash is not null) is { } weak)
        {
            return $"A certificate is signed with {weak}, which is too weak.";
        }

        if (usesGo)
        {
            return signed.TrueForAll(one => one.IsSignedForGo()) ? null : "A certificate has a signature that Go does not support.";
        }

        if (path.Select(RsaSize).FirstOrDefault(size => size is < SmallestRsa) is { } tooShort)
        {
            return $"An RSA key of {tooShort} bits is too short for OpenSSL, which requires {SmallestRsa}.";
        }

        return path[0].Extensions.OfType<X509KeyUsageExtension>().All(usage => (usage.KeyUsages & UsagesOfServers) != 0)
            ? null
            : "The certificate's key usage is not valid for a server: it lacks digitalSignature.";
    }

    /// <summary>Whether every build of a driver has a cipher suite. Where it has not, the two may yet have another in common.</summary>
    /// <param name="driver">The driver.</param>
    /// <param name="cipher">The registered name of the suite, or whatever else is known of it.</param>
    public static bool HasCipher(PgDriver driver, string? cipher)
    {
        // Of TLS 1.3, everybody has all.
        if (cipher is null || !cipher.Contains("_WITH_", StringComparison.Ordinal) || driver == PgDriver.Libpq)
        {
            return true;
        }

        var isForward = cipher.StartsWith("TLS_ECDHE_", StringComparison.Ordinal);
        var isModern = cipher.Contains("_GCM_", StringComparison.Ordinal) || cipher.Contains("CHACHA20", StringComparison.Ordinal);
        return driver == PgDriver.Pgx
            ? isForward && (isModern || cipher.EndsWith("_CBC_SHA", StringComparison.Ordinal))
            : (isForward || cipher.StartsWith("TLS_DHE_", StringComparison.Ordinal)) && !cipher.EndsWith("_CBC_SHA", StringComparison.Ordinal);
    }

    static int? RsaSize(X509Certificate2 certificate)
    {
        using var key = certificate.GetRSAPublicKey();
        return key?.KeySize;
    }
}
