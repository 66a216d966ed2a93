using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Core.Tests.Files;
using LangSmithPg.Core.Tests.Tls;
using LangSmithPg.Findings;
using LangSmithPg.Servers;
using LangSmithPg.Tls;

namespace LangSmithPg.Core.Tests.Readiness;

[Trait("NotOnWine", "Wine has no EC keys (NTE_NOT_SUPPORTED), and reads and writes no PFX.")]
public sealed class CertificateRuleTests
{
    static readonly Certificates.Pair Root = Certificates.Authority("Root");

    [Theory]
    [InlineData(400, SslMode.VerifyFull, FindingStatus.Pass)]
    [InlineData(20, SslMode.VerifyFull, FindingStatus.Warning)]
    [InlineData(-0.5, SslMode.VerifyFull, FindingStatus.Fail)]
    [InlineData(-0.5, SslMode.VerifyCa, FindingStatus.Fail)]
    [InlineData(-0.5, SslMode.Require, FindingStatus.Warning)]
    public void The_end_of_the_servers_certificate_is_judged_by_who_verifies_it(double days, SslMode mode, FindingStatus expected) =>
        Assert.Equal(expected, Evaluate("Tls.Validity", mode, [Server("db.example.com", Root, days: days)]).Status);

    [Fact]
    public void A_name_that_does_not_fit_is_told_with_one_that_does()
    {
        Assert.Equal(FindingStatus.Pass, Evaluate("Tls.HostName", SslMode.Require, [Server("db.example.com", Root)]).Status);
        var finding = Evaluate("Tls.HostName", SslMode.Require, [Server("other.example.com", Root)]);
        Assert.Equal((FindingStatus.Warning, "Connect with the host name other.example.com."), (finding.Status, finding.Fix));
    }

    [Theory]
    [InlineData(SslMode.Require, FindingStatus.Warning)]
    [InlineData(SslMode.VerifyFull, FindingStatus.Fail)]
    public void A_common_name_alone_is_not_enough_for_every_driver(SslMode mode, FindingStatus expected)
    {
        var finding = Evaluate("Tls.HostName", mode, [Certificates.Leaf("db.example.com", Root, usage: null)]);

        Assert.Equal(expected, finding.Status);
        Assert.Contains("subject alternative names", finding.Fix?.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Whom_it_is_for_is_told_in_so_many_words()
    {
        Assert.Equal(
            ("The server's certificate is for db.example.com.", "It is for db.example.com.", null), Told([Server("db.example.com", Root)]));
        Assert.Equal(
            ("The server's certificate is not for db.example.com.", "It is for other.example.com.", "Connect with the host name other.example.com."),
            Told([Server("other.example.com", Root)]));
        Assert.Equal(
            ("The server's certificate is for db.example.com as libpq reads it, but not as every driver in LangSmith's pods reads it.", "It is for db.example.com.",
                "Have a certificate issued with the host in its subject alternative names."),
            Told([Certificates.Leaf("db.example.com", Root, usage: null)]));

        static (string, string?, string?) Told(Certificates.Pair[] chain)
        {
            var finding = Evaluate("Tls.HostName", SslMode.Require, chain);
            return (finding.Message, finding.Evidence, finding.Fix?.Text);
        }
    }

    [Fact]
    public void When_it_ends_is_told_in_so_many_words()
    {
        Assert.StartsWith("The server's certificate is valid until ", Evaluate("Tls.Validity", SslMode.Require, [Server("db.example.com", Root, days: 400)]).Message, StringComparison.Ordinal);
        var ended = Evaluate("Tls.Validity", SslMode.Require, [Server("db.example.com", Root, days: -0.5)]);
        Assert.StartsWith("The certificate expired on ", ended.Message, StringComparison.Ordinal);
        Assert.StartsWith("Renew the server's certificate", ended.Fix?.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_of_a_client_is_none_of_a_server()
    {
        var finding = Evaluate("Tls.Authority", SslMode.Require, [Certificates.Leaf("db.example.com", Root)], CaBundle.Of([Root.Certificate]));

        Assert.Equal(FindingStatus.Warning, finding.Status);
        Assert.Contains("serverAuth", finding.Fix?.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_issued_a_certificate_is_judged_apart_from_its_dates()
    {
        var trusted = CaBundle.Of([Root.Certificate]);
        Assert.Equal(FindingStatus.Pass, Evaluate("Tls.Authority", SslMode.Require, [Server("db.example.com", Root, days: -0.5)], trusted).Status);
        var ended = Certificates.Authority("Intermediate", Root, days: -0.5);
        var finding = Evaluate("Tls.Authority", SslMode.Require, [Server("db.example.com", ended), ended], trusted);
        Assert.Equal(FindingStatus.Warning, finding.Status);
        Assert.Contains("has expired or is not valid yet", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_authority_that_is_not_public_has_to_be_mounted()
    {
        var leaf = Server("db.example.com", Root);

        var unknown = Evaluate("Tls.Authority", SslMode.Require, [leaf]);
        Assert.Equal(FindingStatus.Warning, unknown.Status);
        Assert.Contains("New-LangSmithCaSecret", unknown.Fix?.Text, StringComparison.Ordinal);
        var given = Evaluate("Tls.Authority", SslMode.VerifyFull, [leaf], authorities: CaBundle.Of([Root.Certificate]));
        Assert.Equal(FindingStatus.Pass, given.Status);
        Assert.Contains("config.customCa", given.Message, StringComparison.Ordinal);
        var intermediate = Certificates.Authority("Intermediate", Root);
        Assert.Equal(
            FindingStatus.Warning,
            Evaluate("Tls.Authority", SslMode.VerifyFull, [Server("db.example.com", intermediate)], authorities: CaBundle.Of([Root.Certificate])).Status);
    }

    [Theory]
    [InlineData("Tls.Validity")]
    [InlineData("Tls.HostName")]
    [InlineData("Tls.Authority")]
    [InlineData("Tls.Drivers")]
    [InlineData("Tls.ClientCertificate")]
    public void Without_TLS_there_is_nothing_to_judge(string id) =>
        Assert.Equal(FindingStatus.NotApplicable, Evaluate(id, SslMode.Disable, tls: null).Status);

    // A short key is refused by OpenSSL where it verifies.
    [Theory]
    [InlineData(1024, SslMode.VerifyFull, FindingStatus.Fail)]
    [InlineData(1024, SslMode.Require, FindingStatus.Warning)]
    [InlineData(2048, SslMode.VerifyFull, FindingStatus.Pass)]
    public void A_certificate_that_a_driver_refuses_is_told(int bits, SslMode mode, FindingStatus expected)
    {
        using var key = System.Security.Cryptography.RSA.Create(bits);
        var chain = new[] { Certificates.Leaf("db.example.com", Root, Certificates.ServerUsage, key: key) };

        var finding = Evaluate("Tls.Drivers", mode, chain);

        Assert.Equal(expected, finding.Status);
        Assert.Equal(bits == 1024, finding.Message.Contains("libpq does not, asyncpg does not", StringComparison.Ordinal));
        Assert.Contains(bits == 1024 ? "1024 bits" : "RSA 2048", finding.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cipher_that_not_every_driver_has_is_not_known_to_do()
    {
        var tls = new ClientTls("TLSv1.2", "TLS_RSA_WITH_AES_256_GCM_SHA384", "CN=x", null) { Chain = new([Server("db.example.com", Root).Certificate]) };

        var finding = Evaluate("Tls.Drivers", SslMode.Require, tls);

        Assert.Equal(FindingStatus.Unknown, finding.Status);
        Assert.EndsWith("asyncpg, pgx.", finding.Message, StringComparison.Ordinal);
        Assert.Contains("ssl_ciphers", finding.Fix?.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, FindingStatus.Pass, "accepts this user without one")]
    [InlineData(false, FindingStatus.NotApplicable, "does not request a client certificate")]
    public void A_server_that_asks_for_a_client_certificate_is_told(bool asks, FindingStatus status, string said)
    {
        var finding = Evaluate("Tls.ClientCertificate", SslMode.Require, new ClientTls("TLSv1.3", "x", "CN=x", null) { AsksForClientCertificate = asks });

        Assert.Equal(status, finding.Status);
        Assert.Contains(said, finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("app", 400, FindingStatus.Pass, "valid until 2031")]
    [InlineData("app", 20, FindingStatus.Warning, "expires on 2030-07-05")]
    [InlineData("someone", 400, FindingStatus.Warning, "common name")]
    public void The_client_certificate_that_was_shown_is_judged(string name, double days, FindingStatus status, string said)
    {
        using var folder = new TemporaryFolder();
        var pair = Certificates.Leaf(name, Root, days: days);
        File.WriteAllText(folder.File("c.pem"), pair.Pem + pair.KeyPem);

        var finding = Evaluate(
            "Tls.ClientCertificate", SslMode.Require,
            new ClientTls("TLSv1.3", "x", "CN=x", null) { ClientCertificate = ClientCertificate.Read(folder.File("c.pem"), keyPath: null, password: null) });

        Assert.Equal(status, finding.Status);
        Assert.Contains(said, finding.Message, StringComparison.Ordinal);
    }

    /// <summary>TLS with a certificate of an authority that is not public.</summary>
    internal static ClientTls PrivateTls() => new("TLSv1.3", "x", "CN=x", null) { Chain = new([Server("db.example.com", Root).Certificate]) };

    static Certificates.Pair Server(string name, Certificates.Pair issuer, double days = 365) =>
        Certificates.Leaf(name, issuer, Certificates.ServerUsage, days);

    static Finding Evaluate(string id, SslMode mode, Certificates.Pair[] chain, CaBundle? authorities = null) =>
        Evaluate(id, mode, new ClientTls("TLSv1.3", "x", "CN=x", null) { Chain = new([.. chain.Select(one => one.Certificate)]), Authorities = authorities });

    static Finding Evaluate(string id, SslMode mode, ClientTls? tls)
    {
        var connection = PgConnectionString.FromParts(new() { HostName = "db.example.com", Database = "d", UserName = "app", SslMode = mode }).Connection!;
        var input = Inputs.Of((string?)null) with { Connection = connection, Today = DateOnly.FromDateTime(Certificates.Now.DateTime), Tls = tls };
        return input.Find(id);
    }
}
