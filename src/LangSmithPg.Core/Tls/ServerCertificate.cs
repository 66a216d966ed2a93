using System.Security.Cryptography.X509Certificates;

namespace LangSmithPg.Tls;

/// <summary>The certificate that a PostgreSQL server really shows, and what each driver would make of it.</summary>
/// <param name="HostName">DNS name or address by which it was reached.</param>
/// <param name="Port">TCP port.</param>
/// <param name="Chain">The certificates, as the server sends them.</param>
/// <param name="Protocol">The TLS version that was agreed on, such as <c>TLSv1.3</c>.</param>
/// <param name="Cipher">Name of the cipher suite.</param>
/// <param name="AsksForClientCertificate">Whether the server asks for a client certificate. Whether it insists, its access rules decide.</param>
/// <param name="Verdicts">What each driver would make of it in each TLS mode.</param>
public sealed record ServerCertificate(
    string HostName, int Port, ServerChain Chain, string Protocol, string Cipher, bool AsksForClientCertificate, IReadOnlyList<TlsVerdict> Verdicts)
{
    X509Certificate2 Leaf => Chain.Certificate;

    /// <summary>Whom it names.</summary>
    public string Subject => Leaf.ShownSubject();

    /// <summary>Host names and addresses that it is for.</summary>
    public IReadOnlyList<string> Names => Chain.Names;

    /// <summary>Who issued it.</summary>
    public string Issuer => Leaf.ShownIssuer();

    /// <summary>Its first moment.</summary>
    public DateTimeOffset NotBefore => Leaf.Begins();

    /// <summary>Its last moment.</summary>
    public DateTimeOffset NotAfter => Leaf.Ends();

    /// <summary>Its key, such as <c>RSA 2048</c> or <c>EC 256</c>.</summary>
    public string Key => Leaf.KeyName();

    /// <summary>The algorithm with which its issuer signed it.</summary>
    public string? Signature => Leaf.SignatureAlgorithm.FriendlyName;

    /// <summary>SHA-256 over the certificate, as OpenSSL writes it.</summary>
    public string Fingerprint => CertificateFingerprint.Of(Leaf);

    /// <summary>The subjects of all certificates that the server sends, its own first.</summary>
    public IReadOnlyList<string> Sent => Chain.Certificates.Select(one => one.ShownSubject()).ToArray();

    /// <summary>
    /// SHA-256 over the certificate that would have to be trusted, where the server sends it: its root, or its own certificate when that
    /// signed itself. Compare it with what the server's administrator says before you trust it. Null when the server does not send it.
    /// </summary>
    public string? AnchorFingerprint => Chain.Anchor is { } anchor ? CertificateFingerprint.Of(anchor) : null;

    /// <inheritdoc/>
    public override string ToString() => $"{HostName}:{Port} {Subject}";
}
