using System.ComponentModel;
using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;

namespace LangSmithPg.Postgres.Connections;

/// <summary>
/// What a TLS library says when a handshake fails: OpenSSL by its words, Windows by a code, which says the same in every language. Sources:
/// RFC 8446, section 6.2; Microsoft, "Schannel Error Codes for TLS and SSL Alerts".
/// </summary>
static class TlsAlerts
{
    static readonly string[] CertificateWords =
    [
        "alert unknown ca", "alert bad certificate", "alert certificate expired", "alert certificate revoked", "alert unsupported certificate",
        "alert certificate unknown", "alert certificate required",
        // Where Windows has but one code for several alerts, .NET tells which it was.
        "'UnknownCA'", "'BadCertificate'", "'CertificateExpired'", "'CertificateRevoked'", "'UnsupportedCert'", "'CertificateUnknown'", "'116'",
    ];

    // SEC_E_UNTRUSTED_ROOT, SEC_E_CERT_UNKNOWN, SEC_E_CERT_EXPIRED, CRYPT_E_REVOKED.
    static readonly int[] CertificateCodes = Codes(0x80090325, 0x80090327, 0x80090328, 0x80092010);

    static readonly string[] VersionWords = ["alert protocol version", "alert handshake failure", "alert insufficient security", "no ciphers available", "'HandshakeFailure'", "unsupported protocol", "no protocols available", "'ProtocolVersion'", "'InsuffientSecurity'", "'InsufficientSecurity'"];

    // SEC_E_UNSUPPORTED_FUNCTION, SEC_E_ALGORITHM_MISMATCH.
    static readonly int[] VersionCodes = Codes(0x80090302, 0x80090331);

    // SEC_E_UNKNOWN_CREDENTIALS, SEC_E_NO_CREDENTIALS.
    static readonly int[] KeyCodes = Codes(0x8009030D, 0x8009030E);

    /// <summary>Whether the other side does not accept the certificate, or misses one.</summary>
    public static bool IsAboutCertificate(IReadOnlyList<Exception> causes) => Says(causes, CertificateWords, CertificateCodes);

    /// <summary>Whether the two sides have no TLS version or cipher in common.</summary>
    public static bool IsAboutVersion(IReadOnlyList<Exception> causes) => Says(causes, VersionWords, VersionCodes);

    /// <summary>Whether Windows cannot use the key of the client certificate.</summary>
    public static bool IsAboutKey(IReadOnlyList<Exception> causes) => Says(causes, [], KeyCodes);

    /// <summary>The innermost words; those of Windows, which are in its language, with their code and with the alert that .NET names.</summary>
    public static string Detail(IReadOnlyList<Exception> causes)
    {
        var last = causes[^1];
        return last is Win32Exception windows and not SocketException
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{(causes.OfType<AuthenticationException>().LastOrDefault() is { } alert ? $"{alert.Message} " : "")}{last.Message} (0x{windows.NativeErrorCode:X8})")
            : last.Message;
    }

    static bool Says(IReadOnlyList<Exception> causes, string[] words, int[] codes) => causes.Any(cause =>
        (cause is Win32Exception and not SocketException && codes.Contains(((Win32Exception)cause).NativeErrorCode))
        || words.Any(word => cause.Message.Contains(word, StringComparison.Ordinal)));

    static int[] Codes(params uint[] codes) => Array.ConvertAll(codes, code => unchecked((int)code));
}
