using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LangSmithPg.Connections;
using LangSmithPg.Connections.Readers;
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

        var verdicts = TlsVerdicts.Judge(new([certificate]), host, CaBundle.Of([certificate]), Certificates.Now);

        Assert.Equal(
            expected,
            new[] { ConnectionStringReader.Libpq, ConnectionStringReader.Asyncpg, ConnectionStringReader.Pgx }.Select(driver =>
                Assert.Single(verdicts, one => one.Reader == driver && one is { SslMode: SslMode.VerifyFull, UsesSystemRoots: false }).Outcome == TlsOutcome.Verified));
    }

    [Fact]
    public void A_chain_is_trusted_through_its_intermediate_and_told_why_it_is_not()
    {
        var root = Certificates.Authority("Root");
        var intermediate = Certificates.Authority("Intermediate", root);
        var leaf = Certificates.Leaf("db", intermediate, Certificates.ServerUsage);
        var trusted = CaBundle.Of([root.Certificate]);

        Assert.Equal(ChainTrust.Trusted, Judge(trusted, Certificates.Now, leaf, intermediate));
        Assert.Equal(ChainTrust.IssuerUnknown, Judge(trusted, Certificates.Now, leaf));
        Assert.Equal(ChainTrust.Expired, Judge(trusted, Certificates.Now.AddDays(400), leaf, intermediate));
        Assert.Equal(ChainTrust.NotYetValid, Judge(trusted, Certificates.Now.AddDays(-2), leaf, intermediate));
        Assert.Equal(ChainTrust.AuthorityUnknown, Judge(CaBundle.Of([Certificates.Authority("Stranger").Certificate]), Certificates.Now, leaf, intermediate, root));
        Assert.Equal(ChainTrust.NotForServers, Judge(trusted, Certificates.Now, Certificates.Leaf("db", intermediate, Certificates.ClientUsage), intermediate));
        Assert.Equal(ChainTrust.Trusted, Judge(trusted, Certificates.Now, Certificates.Leaf("db", intermediate, usage: null), intermediate));
        Assert.NotEqual(ChainTrust.Trusted, Judge(authorities: null, Certificates.Now, leaf, intermediate, root));
    }

    static ChainTrust Judge(CaBundle? authorities, DateTimeOffset now, params Certificates.Pair[] chain) =>
        new ServerChain([.. chain.Select(one => one.Certificate)]).Judge(authorities, now);
}
