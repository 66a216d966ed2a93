using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LangSmithPg.Core.Tests.Tls;

/// <summary>Certificates made to order; those of servers have their name as an alternative name too.</summary>
static class Certificates
{
    public const string ServerUsage = "1.3.6.1.5.5.7.3.1";
    public const string ClientUsage = "1.3.6.1.5.5.7.3.2";

    /// <summary>The day on which everything here is checked.</summary>
    public static readonly DateTimeOffset Now = new(2030, 6, 15, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A key and the certificate for it.</summary>
    public sealed record Pair(X509Certificate2 Certificate, AsymmetricAlgorithm Key)
    {
        public string Pem => Certificate.ExportCertificatePem() + "\n";

        public string KeyPem => Key.ExportPkcs8PrivateKeyPem() + "\n";
    }

    public static Pair Authority(string name, Pair? issuer = null, double days = 3650, AsymmetricAlgorithm? key = null) =>
        Create(name, issuer, days, isAuthority: true, usage: null, key ?? ECDsa.Create(ECCurve.NamedCurves.nistP256));

    public static Pair Leaf(string name, Pair? issuer, string? usage = ClientUsage, double days = 365, AsymmetricAlgorithm? key = null, double from = -1) =>
        Create(name, issuer, days, isAuthority: false, usage, key ?? ECDsa.Create(ECCurve.NamedCurves.nistP256), from);

    static Pair Create(string name, Pair? issuer, double days, bool isAuthority, string? usage, AsymmetricAlgorithm key, double from = -1)
    {
        var request = key is RSA rsa
            ? new CertificateRequest($"CN={name}", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest($"CN={name}", (ECDsa)key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        if (isAuthority)
        {
            request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        }

        if (usage is not null)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        }

        var (begin, end) = (Now.AddDays(from), Now.AddDays(days));
        if (usage == ServerUsage)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(name);
            request.CertificateExtensions.Add(names.Build());
        }

        // Without a copy that has the key, which Wine cannot make.
        var generator = (issuer?.Key ?? key) is RSA issuing
            ? X509SignatureGenerator.CreateForRSA(issuing, RSASignaturePadding.Pkcs1)
            : X509SignatureGenerator.CreateForECDsa((ECDsa)(issuer?.Key ?? key));
        return new(request.Create(issuer?.Certificate.SubjectName ?? request.SubjectName, generator, begin, end, RandomNumberGenerator.GetBytes(12)), key);
    }
}
