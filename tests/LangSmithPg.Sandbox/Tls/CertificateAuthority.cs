using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LangSmithPg.Sandbox.Tls;

/// <summary>An authority that lives as long as the object does: nothing trusts it but who is told to.</summary>
/// <remarks>Keys are ECDSA P-256. An authority may issue from several threads at once.</remarks>
public sealed class CertificateAuthority : IDisposable
{
    const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    readonly X509Certificate2 _certificate;
    readonly string _intermediatesPem;

    CertificateAuthority(X509Certificate2 certificate, string intermediatesPem)
    {
        _certificate = certificate;
        _intermediatesPem = intermediatesPem;
    }

    /// <summary>The authority's own certificate.</summary>
    public string CertificatePem => ToPem(_certificate);

    /// <summary>Creates an authority that signed itself, valid for twenty years either way.</summary>
    /// <param name="commonName">The common name of its subject.</param>
    public static CertificateAuthority CreateRoot(string commonName = "Sandbox Root CA")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var validity = Validity.Around(-7300, 7300);
        return new(AuthorityRequest(commonName, key).CreateSelfSigned(validity.From, validity.Until), "");
    }

    /// <summary>Creates an authority that this one signs, and that servers send along with what it issues.</summary>
    /// <param name="commonName">The common name of its subject.</param>
    /// <param name="validity">When it is valid; null for nineteen years either way.</param>
    public CertificateAuthority CreateIntermediate(string commonName = "Sandbox Intermediate CA", Validity? validity = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Sign(AuthorityRequest(commonName, key), validity ?? Validity.Around(-6935, 6935));
        return new(certificate.CopyWithPrivateKey(key), ToPem(certificate) + _intermediatesPem);
    }

    /// <summary>Issues a certificate for a server.</summary>
    /// <param name="names">Its subject alternative names: host names and IP addresses. The first is the common name too.</param>
    /// <param name="validity">When it is valid; null for now.</param>
    public IssuedCertificate IssueServer(IReadOnlyList<string> names, Validity? validity = null)
    {
        ArgumentNullException.ThrowIfNull(names);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
                alternatives.AddIpAddress(address);
            else
                alternatives.AddDnsName(name);
        }
        return Issue(names[0], ServerAuthentication, validity ?? Validity.Current, alternatives.Build());
    }

    /// <summary>Issues a certificate for host <c>localhost</c> with a weakness.</summary>
    /// <param name="weakness">What is weak about it.</param>
    public IssuedCertificate IssueWeakServer(CertificateWeakness weakness)
    {
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var rsa = RSA.Create(1024);
        var isShort = weakness == CertificateWeakness.ShortKey;
        var hash = HashAlgorithmName.SHA256;
        var subject = new X500DistinguishedName("CN=localhost");
        var request = isShort ? new(subject, rsa, hash, RSASignaturePadding.Pkcs1) : new CertificateRequest(subject, curve, hash);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            weakness == CertificateWeakness.WrongKeyUsage ? X509KeyUsageFlags.KeyCertSign : X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_certificate, true, false));
        using var issuer = _certificate.GetECDsaPrivateKey()!;
        using var certificate = request.Create(
            _certificate.SubjectName, weakness == CertificateWeakness.Sha1Signature ? new Sha1Generator(issuer) : X509SignatureGenerator.CreateForECDsa(issuer), Validity.Current.From, Validity.Current.Until, RandomNumberGenerator.GetBytes(16));
        return new(ToPem(certificate), _intermediatesPem, (isShort ? rsa.ExportPkcs8PrivateKeyPem() : curve.ExportPkcs8PrivateKeyPem()) + "\n");
    }

    /// <summary>Issues a certificate for a client.</summary>
    /// <param name="commonName">The common name of its subject: for PostgreSQL the role.</param>
    /// <param name="validity">When it is valid; null for now.</param>
    public IssuedCertificate IssueClient(string commonName, Validity? validity = null) =>
        Issue(commonName, ClientAuthentication, validity ?? Validity.Current);

    /// <summary>Forgets the authority's key.</summary>
    public void Dispose() => _certificate.Dispose();

    IssuedCertificate Issue(string commonName, string usage, Validity validity, params X509Extension[] extensions)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request(commonName, key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        foreach (var extension in extensions)
            request.CertificateExtensions.Add(extension);
        using var certificate = Sign(request, validity);
        return new(ToPem(certificate), _intermediatesPem, key.ExportPkcs8PrivateKeyPem() + "\n");
    }

    X509Certificate2 Sign(CertificateRequest request, Validity validity)
    {
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_certificate, true, false));
        return request.Create(_certificate, validity.From, validity.Until, RandomNumberGenerator.GetBytes(16));
    }

    static CertificateRequest AuthorityRequest(string commonName, ECDsa key)
    {
        var request = Request(commonName, key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        return request;
    }

    static CertificateRequest Request(string commonName, ECDsa key)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(commonName);
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request;
    }

    static string ToPem(X509Certificate2 certificate) => certificate.ExportCertificatePem() + "\n";

    // .NET itself does not sign with SHA-1.
    sealed class Sha1Generator(ECDsa key) : X509SignatureGenerator
    {
        // ecdsa-with-SHA1
        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) => Convert.FromHexString("300906072A8648CE3D0401");

        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) =>
            key.SignData(data, HashAlgorithmName.SHA1, DSASignatureFormat.Rfc3279DerSequence);

        protected override PublicKey BuildPublicKey() => new(key);
    }
}
