using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LangSmithPg.Connections;
using LangSmithPg.Connections.Drivers;
using LangSmithPg.Tls;

namespace LangSmithPg.Core.Tests.Tls;

[Trait("NotOnWine", "Wine has no EC keys (NTE_NOT_SUPPORTED), and reads and writes no PFX.")]
public sealed class TlsVerdictsTests
{
    // Alternative names, or - for none, and the host; then whether libpq, asyncpg and pgx take the certificate of CN=common.example.com for it.
    [Theory]
    [InlineData("db.example.com", "db.example.com", true, true, true)]
    [InlineData("DB.example.com", "db.EXAMPLE.com", true, true, true)]
    [InlineData("*.example.com", "db.example.com", true, true, true)]
    [InlineData("*.example.com", "a.db.example.com", false, false, false)]
    [InlineData("*.example.com", "example.com", false, false, false)]
    [InlineData("d*.example.com", "db.example.com", false, false, false)]
    [InlineData("*.local", "db.local", true, false, true)]
    [InlineData("*.db.local", "a.db.local", true, true, true)]
    [InlineData("other.example.com", "common.example.com", false, false, false)]
    [InlineData("-", "common.example.com", true, true, false)]
    [InlineData("10.0.0.1", "10.0.0.1", true, true, true)]
    [InlineData("10.0.0.1", "10.0.0.2", false, false, false)]
    [InlineData("10.0.0.1", "common.example.com", true, true, false)]
    [InlineData("2001:db8::1", "2001:db8:0::1", true, true, true)]
    public void A_name_fits_as_each_driver_has_it(string alternative, string host, params bool[] expected)
    {
        using var key = ECDsa.Create();
        var request = new CertificateRequest("CN=common.example.com", key, HashAlgorithmName.SHA256);
        if (alternative != "-")
        {
            var names = new SubjectAlternativeNameBuilder();
            if (System.Net.IPAddress.TryParse(alternative, out var address))
            {
                names.AddIpAddress(address);
            }
            else
            {
                names.AddDnsName(alternative);
            }

            request.CertificateExtensions.Add(names.Build());
        }

        using var certificate = request.CreateSelfSigned(Certificates.Now.AddDays(-1), Certificates.Now.AddDays(1));

        var verdicts = TlsVerdicts.Evaluate(new([certificate]), host, CaBundle.Of([certificate]), Certificates.Now);

        Assert.Equal(
            expected,
            new[] { PgDriver.Libpq, PgDriver.Asyncpg, PgDriver.Pgx }.Select(driver =>
                Assert.Single(verdicts, one => one.Driver == driver && one is { SslMode: SslMode.VerifyFull, UsesSystemRoots: false }).Outcome == TlsOutcome.Verified));
    }

    [Fact]
    public void A_chain_is_trusted_through_its_intermediate_and_told_why_it_is_not()
    {
        var root = Certificates.Authority("Root");
        var intermediate = Certificates.Authority("Intermediate", root);
        var leaf = Certificates.Leaf("db", intermediate, Certificates.ServerUsage);
        var trusted = CaBundle.Of([root.Certificate]);

        Assert.Equal(ChainTrust.Trusted, Evaluate(trusted, Certificates.Now, leaf, intermediate));
        Assert.Equal(ChainTrust.IssuerUnknown, Evaluate(trusted, Certificates.Now, leaf));
        Assert.Equal(ChainTrust.Expired, Evaluate(trusted, Certificates.Now.AddDays(400), leaf, intermediate));
        Assert.Equal(ChainTrust.NotYetValid, Evaluate(trusted, Certificates.Now.AddDays(-2), leaf, intermediate));
        Assert.Equal(ChainTrust.AuthorityUnknown, Evaluate(CaBundle.Of([Certificates.Authority("Stranger").Certificate]), Certificates.Now, leaf, intermediate, root));
        Assert.Equal(ChainTrust.NotForServers, Evaluate(trusted, Certificates.Now, Certificates.Leaf("db", intermediate, Certificates.ClientUsage), intermediate));
        Assert.Equal(ChainTrust.Trusted, Evaluate(trusted, Certificates.Now, Certificates.Leaf("db", intermediate, usage: null), intermediate));
        Assert.NotEqual(ChainTrust.Trusted, Evaluate(authorities: null, Certificates.Now, leaf, intermediate, root));
    }

    static ChainTrust Evaluate(CaBundle? authorities, DateTimeOffset now, params Certificates.Pair[] chain) =>
        new ServerChain([.. chain.Select(one => one.Certificate)]).Evaluate(authorities, now);

    // The key, the hash of the signature and the key usage; then what libpq, asyncpg and pgx make of it in full verification.
    [Theory]
    [InlineData("EC", "SHA256", X509KeyUsageFlags.DigitalSignature, true, true, true)]
    [InlineData("EC", "SHA1", X509KeyUsageFlags.DigitalSignature, false, false, false)]
    [InlineData("EC", "MD5", X509KeyUsageFlags.DigitalSignature, false, false, false)]
    [InlineData("RSA 2048", "SHA256", X509KeyUsageFlags.KeyEncipherment, true, true, true)]
    [InlineData("RSA 1024", "SHA256", X509KeyUsageFlags.DigitalSignature, false, false, true)]
    [InlineData("EC", "SHA256", X509KeyUsageFlags.KeyAgreement, true, true, true)]
    [InlineData("EC", "SHA256", X509KeyUsageFlags.KeyCertSign, false, false, true)]
    [InlineData("EC", "SHA256", X509KeyUsageFlags.None, true, true, true)]
    [InlineData("EC", "PSS 32", X509KeyUsageFlags.DigitalSignature, true, true, true)]
    [InlineData("EC", "PSS 222", X509KeyUsageFlags.DigitalSignature, true, true, false)]
    [InlineData("EC", "PSS SHA1", X509KeyUsageFlags.DigitalSignature, false, false, false)]
    [InlineData("Ed448", "SHA256", X509KeyUsageFlags.DigitalSignature, true, true, false)]
    [InlineData("Ed25519", "SHA256", X509KeyUsageFlags.DigitalSignature, true, true, true)]
    [InlineData("PSS", "SHA256", X509KeyUsageFlags.DigitalSignature, true, true, false)]
    public void A_kind_of_certificate_is_one_for_each_driver(string key, string signature, X509KeyUsageFlags usage, params bool[] expected)
    {
        using var authority = RSA.Create(2048);
        var (root, leaf) = OfKind(authority, key, signature, usage);

        var path = new ServerChain([leaf]).PathTo(CaBundle.Of([root]));

        Assert.Equal([leaf, root], path);
        Assert.Equal(expected, Drivers.Select(driver => DriverLimits.Refusal(driver, path, verifies: true) is null));
        // Who verifies nothing minds only what it cannot read.
        Assert.Equal([true, true, key is not ("Ed448" or "PSS")], Drivers.Select(driver => DriverLimits.Refusal(driver, path, verifies: false) is null));
    }

    [Fact]
    public void A_short_key_of_the_authority_counts_as_well()
    {
        using var authority = RSA.Create(1024);
        var (root, leaf) = OfKind(authority, "EC", "SHA256", X509KeyUsageFlags.DigitalSignature);

        var verdicts = TlsVerdicts.Evaluate(new([leaf]), "db", CaBundle.Of([root]), Certificates.Now);

        Assert.Equal(
            [TlsOutcome.Refused, TlsOutcome.Refused, TlsOutcome.Verified],
            verdicts.Where(one => one is { SslMode: SslMode.VerifyFull, UsesSystemRoots: false }).Select(one => one.Outcome));
        Assert.Equal(TlsOutcome.Plain, verdicts.First(one => one is { Driver: PgDriver.Libpq, SslMode: SslMode.Prefer }).Outcome);
    }

    [Theory]
    [InlineData("TLS_AES_256_GCM_SHA384", true, true, true)]
    [InlineData("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", true, true, true)]
    [InlineData("TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", true, true, true)]
    [InlineData("TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384", true, true, false)]
    [InlineData("TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", true, false, true)]
    [InlineData("TLS_DHE_RSA_WITH_AES_256_GCM_SHA384", true, true, false)]
    [InlineData("TLS_RSA_WITH_AES_256_GCM_SHA384", true, false, false)]
    [InlineData("cipher unknown", true, true, true)]
    public void A_cipher_that_not_every_build_of_a_driver_has_leaves_it_open(string cipher, params bool[] expected)
    {
        var root = Certificates.Authority("Root");
        var chain = new ServerChain([Certificates.Leaf("db", root, Certificates.ServerUsage).Certificate]);

        var verdicts = TlsVerdicts.Evaluate(chain, "db", CaBundle.Of([root.Certificate]), Certificates.Now, cipher);

        Assert.Equal(
            expected.Select(has => has ? TlsOutcome.Verified : TlsOutcome.Unknown),
            verdicts.Where(one => one is { SslMode: SslMode.VerifyFull, UsesSystemRoots: false }).Select(one => one.Outcome));
        Assert.All(verdicts.Where(one => one.SslMode == SslMode.Disable), one => Assert.Equal(TlsOutcome.Plain, one.Outcome));
    }

    static readonly PgDriver[] Drivers = [PgDriver.Libpq, PgDriver.Asyncpg, PgDriver.Pgx];

    static (X509Certificate2 Root, X509Certificate2 Leaf) OfKind(RSA authority, string key, string signature, X509KeyUsageFlags usage)
    {
        var rootRequest = new CertificateRequest("CN=Root", authority, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        rootRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var root = rootRequest.CreateSelfSigned(Certificates.Now.AddDays(-1), Certificates.Now.AddDays(30));
        var request = new CertificateRequest(new X500DistinguishedName("CN=db"), KeyOf(key), HashAlgorithmName.SHA256);
        if (usage != X509KeyUsageFlags.None)
        {
            request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, true));
        }

        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("db");
        request.CertificateExtensions.Add(names.Build());
        return (X509CertificateLoader.LoadCertificate(root.RawData), request.Create(root.SubjectName, new Generator(authority, signature), Certificates.Now.AddDays(-1), Certificates.Now.AddDays(30), [1]));
    }

    static PublicKey KeyOf(string kind)
    {
        switch (kind)
        {
            case "EC":
                using (var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256))
                {
                    return new(curve);
                }

            case ['R', ..]:
                using (var rsa = RSA.Create(int.Parse(kind[4..], System.Globalization.CultureInfo.InvariantCulture)))
                {
                    return new(rsa);
                }

            case "PSS":
                using (var rsa = RSA.Create(2048))
                {
                    return new(new Oid("1.2.840.113549.1.1.10"), new AsnEncodedData([5, 0]), new AsnEncodedData(rsa.ExportRSAPublicKey()));
                }

            default:
                return new(new Oid(kind == "Ed448" ? "1.3.101.113" : "1.3.101.112"), new AsnEncodedData([5, 0]), new AsnEncodedData(new byte[kind == "Ed448" ? 57 : 32]));
        }
    }

    // Names an algorithm of which only the name matters here.
    sealed class Generator(RSA authority, string signature) : X509SignatureGenerator
    {
        const string Pkcs1 = "06092A864886F70D0101";
        const string Sha256 = "300D06096086480165030402010500";

        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) => Convert.FromHexString(signature switch
        {
            "SHA256" => $"300D{Pkcs1}0B0500",
            "SHA1" => $"300D{Pkcs1}050500",
            "MD5" => $"300D{Pkcs1}040500",
            "PSS SHA1" => $"300D{Pkcs1}0A3000",
            "PSS 32" => Pss("020120"),
            _ => Pss("020200DE"),
        });

        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) => authority.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

        protected override PublicKey BuildPublicKey() => new(authority);

        static string Pss(string salt)
        {
            var parameters = Wrapped("30", Wrapped("A0", Sha256) + Wrapped("A1", Wrapped("30", $"{Pkcs1}08{Sha256}")) + Wrapped("A2", salt));
            return Wrapped("30", $"{Pkcs1}0A{parameters}");
        }

        static string Wrapped(string tag, string content) => $"{tag}{content.Length / 2:X2}{content}";
    }
}
