using System.Security.Cryptography;
using LangSmithPg.Tls;

namespace LangSmithPg.Core.Tests.Tls;

public sealed class PublicAuthoritiesTests
{
    // The authorities of LangSmith's own services, and of the databases of the clouds where they are public.
    [Theory]
    [InlineData("ISRG Root X1")]
    [InlineData("GTS Root R1")]
    [InlineData("GTS Root R4")]
    [InlineData("Amazon Root CA 1")]
    [InlineData("DigiCert Global Root G2")]
    [InlineData("Microsoft RSA Root Certificate Authority 2017")]
    public void The_authorities_that_matter_are_there(string name) =>
        Assert.Single(PublicAuthorities.All.Certificates, one => one.CommonName() == name);

    [Fact]
    public void They_are_roots_alone_and_valid_at_the_date_of_the_list()
    {
        var date = new DateTimeOffset(PublicAuthorities.Date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

        Assert.InRange(PublicAuthorities.All.Certificates.Count, 100, 250);
        Assert.All(PublicAuthorities.All.Certificates, one =>
        {
            Assert.True(one.IsAuthority() && one.IsSelfIssued(), one.Subject);
            Assert.InRange(date, one.Begins(), one.Ends());
            Assert.DoesNotContain("\n", one.Subject, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void What_has_ended_is_left_out()
    {
        var later = new DateTimeOffset(2035, 6, 1, 0, 0, 0, TimeSpan.Zero);

        var valid = PublicAuthorities.ValidAt(later).Certificates;

        Assert.InRange(valid.Count, 1, PublicAuthorities.All.Certificates.Count - 1);
        Assert.All(valid, one => Assert.InRange(later, one.Begins(), one.Ends()));
        Assert.Throws<CertificateException>(() => PublicAuthorities.ValidAt(later.AddYears(100)));
    }

    [Fact]
    public void A_certificate_of_one_of_them_is_trusted_and_of_a_stranger_by_its_name_is_not()
    {
        var real = Assert.Single(PublicAuthorities.All.Certificates, one => one.CommonName() == "ISRG Root X1");
        Assert.Equal(ChainTrust.Trusted, new ServerChain([real]).Evaluate(authorities: null, Certificates.Now));

        var impostor = Certificates.Authority("ISRG Root X1", key: RSA.Create(2048));
        var leaf = Certificates.Leaf("db", impostor, Certificates.ServerUsage, key: RSA.Create(2048));
        Assert.NotEqual(ChainTrust.Trusted, new ServerChain([leaf.Certificate, impostor.Certificate]).Evaluate(authorities: null, Certificates.Now));
    }
}
