using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LangSmithPg.Tls;

namespace LangSmithPg.Core.Tests.Tls;

/// <summary>What this machine's certificate stores hold says nothing of LangSmith's pods.</summary>
[Trait("NotOnWine", "Wine has no EC keys (NTE_NOT_SUPPORTED), and reads and writes no PFX.")]
public sealed class ServerChainTests
{
    // Names of their own: every chain that is built meanwhile sees the store. RSA, as Wine has no EC keys.
    static readonly string Name = $"Intermediate {Guid.NewGuid()}";
    static readonly Certificates.Pair Root = Certificates.Authority($"Root of {Name}", key: RSA.Create(2048));
    static readonly Certificates.Pair Intermediate = Certificates.Authority(Name, Root, key: RSA.Create(2048));
    static readonly Certificates.Pair Leaf = Certificates.Leaf("db", Intermediate, Certificates.ServerUsage, key: RSA.Create(2048));

    [Fact]
    public void An_intermediate_that_only_this_machine_knows_is_missing()
    {
        SkipOnMac();
        using var stored = new StoredCertificate(StoreName.CertificateAuthority, Intermediate.Certificate);
        Assert.Equal(Intermediate.Certificate.Thumbprint, IssuerAsBuilt()?.Thumbprint);

        Assert.Equal(ChainTrust.IssuerUnknown, Evaluate(CaBundle.Of([Root.Certificate]), Leaf));
        Assert.Equal(ChainTrust.IssuerUnknown, Evaluate(CaBundle.Of([Certificates.Authority("Stranger", key: RSA.Create(2048)).Certificate]), Leaf));
        Assert.Equal(ChainTrust.IssuerUnknown, Evaluate(authorities: null, Leaf));
        Assert.Equal(ChainTrust.Trusted, Evaluate(CaBundle.Of([Root.Certificate]), Leaf, Intermediate));
        Assert.Equal(ChainTrust.Trusted, Evaluate(CaBundle.Of([Root.Certificate, Intermediate.Certificate]), Leaf));
    }

    [Fact]
    public void Of_two_certificates_of_an_intermediate_the_one_that_the_server_sends_counts()
    {
        SkipOnMac();
        // The same authority, certified again: a chain may be built with either of them.
        var renewed = Certificates.Authority(Name, Root, days: 4000, key: Intermediate.Key);
        using var stored = new StoredCertificate(StoreName.CertificateAuthority, renewed.Certificate);
        Assert.SkipWhen(
            IssuerAsBuilt(Intermediate.Certificate)?.Thumbprint == Intermediate.Certificate.Thumbprint, "This system builds the chain with what the server sends.");

        Assert.Equal(ChainTrust.Trusted, Evaluate(CaBundle.Of([Root.Certificate]), Leaf, Intermediate));
    }

    [Fact]
    public void A_root_of_this_user_is_no_public_authority()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Windows asks at the screen before it adds a root, and macOS adds none.");
        using var stored = new StoredCertificate(StoreName.Root, Root.Certificate);

        Assert.Equal(ChainTrust.AuthorityUnknown, Evaluate(authorities: null, Leaf, Intermediate, Root));
    }

    static void SkipOnMac() => Assert.SkipWhen(OperatingSystem.IsMacOS(), "The store of intermediates cannot be written on macOS.");

    // Which intermediate the system takes.
    static X509Certificate2? IssuerAsBuilt(params X509Certificate2[] sent)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = Certificates.Now.UtcDateTime;
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(Root.Certificate);
        chain.ChainPolicy.ExtraStore.AddRange(sent);
        chain.Build(Leaf.Certificate);
        return chain.ChainElements.Skip(1).FirstOrDefault()?.Certificate;
    }

    static ChainTrust Evaluate(CaBundle? authorities, params Certificates.Pair[] chain) =>
        new ServerChain([.. chain.Select(one => one.Certificate)]).Evaluate(authorities, Certificates.Now);
}
