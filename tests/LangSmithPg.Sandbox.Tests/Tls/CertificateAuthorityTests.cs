using System.Security.Cryptography.X509Certificates;
using LangSmithPg.Sandbox.Tls;

namespace LangSmithPg.Sandbox.Tests.Tls;

public sealed class CertificateAuthorityTests
{
    [Fact]
    public void A_chain_is_complete_and_names_what_was_asked_for()
    {
        using var root = CertificateAuthority.CreateRoot();
        using var intermediate = root.CreateIntermediate();
        var issued = intermediate.IssueServer(["db.example.com", "10.0.0.1", "::1"]);

        X509Certificate2Collection sent = [];
        sent.ImportFromPem(issued.ChainPem);
        Assert.Equal(2, sent.Count);
        Assert.True(sent[0].MatchesHostname("db.example.com"));
        Assert.True(sent[0].MatchesHostname("10.0.0.1"));
        Assert.False(sent[0].MatchesHostname("other.example.com"));
        Assert.True(IsTrusted(sent, root));
    }

    [Fact]
    public void Validity_is_as_asked_for()
    {
        using var root = CertificateAuthority.CreateRoot();

        Assert.False(IsTrusted(Read(root.IssueServer(["a"], Validity.Expired)), root));
        Assert.False(IsTrusted(Read(root.IssueServer(["a"], Validity.NotYet)), root));
        Assert.True(IsTrusted(Read(root.IssueServer(["a"], Validity.EndingIn(days: 3))), root));
    }

    [Fact]
    public void A_client_certificate_can_be_a_pfx_file()
    {
        using var root = CertificateAuthority.CreateRoot();
        using var intermediate = root.CreateIntermediate();

        var read = X509CertificateLoader.LoadPkcs12Collection(intermediate.IssueClient("app").ToPfx("secret"), "secret");

        Assert.Equal(2, read.Count);
        Assert.Single(read, certificate => certificate.HasPrivateKey && certificate.Subject == "CN=app");
    }

    static X509Certificate2Collection Read(IssuedCertificate issued)
    {
        X509Certificate2Collection read = [];
        read.ImportFromPem(issued.ChainPem);
        return read;
    }

    static bool IsTrusted(X509Certificate2Collection sent, CertificateAuthority root)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.ImportFromPem(root.CertificatePem);
        chain.ChainPolicy.ExtraStore.AddRange(sent);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(sent[0]);
    }
}
