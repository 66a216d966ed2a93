using System.Security.Cryptography;
using LangSmithPg.Common;
using LangSmithPg.Core.Tests.Files;
using LangSmithPg.Tls;

namespace LangSmithPg.Core.Tests.Tls;

[Trait("NotOnWine", "Wine has no EC keys (NTE_NOT_SUPPORTED), and reads and writes no PFX.")]
public sealed class CertificateCheckTests
{
    static readonly TimeSpan Month = TimeSpan.FromDays(30);
    static readonly Certificates.Pair Root = Certificates.Authority("Root");
    static readonly Certificates.Pair Intermediate = Certificates.Authority("Intermediate", Root);

    [Fact]
    public void A_complete_bundle_has_no_problem() => Assert.Empty(CheckBundle(Root, Intermediate));

    [Fact]
    public void An_intermediate_without_its_root_is_a_warning() =>
        AssertSingle(CheckBundle(Intermediate), CertificateProblemKind.IssuerMissing, DiagnosticSeverity.Warning, "CN=Root");

    [Fact]
    public void A_server_certificate_is_no_authority() =>
        Assert.Contains(CheckBundle(Root, Certificates.Leaf("db", Root)), problem => problem is
        {
            Kind: CertificateProblemKind.NotAnAuthority, Severity: DiagnosticSeverity.Error, Source: "db",
        } && problem.Fix.Contains("CN=Root", StringComparison.Ordinal));

    [Fact]
    public void A_server_certificate_that_signed_itself_is_a_warning() =>
        AssertSingle(CheckBundle(Certificates.Leaf("db", issuer: null)), CertificateProblemKind.SelfSigned, DiagnosticSeverity.Warning, "only while the server presents");

    [Theory]
    [InlineData(-0.5, CertificateProblemKind.Expired, DiagnosticSeverity.Error)]
    [InlineData(29, CertificateProblemKind.ExpiresSoon, DiagnosticSeverity.Warning)]
    [InlineData(31, null, DiagnosticSeverity.Warning)]
    public void Dates_are_judged_by_the_day(double days, CertificateProblemKind? kind, DiagnosticSeverity severity)
    {
        var problems = CheckBundle(Certificates.Authority("Old", days: days));

        if (kind is null)
        {
            Assert.Empty(problems);
        }
        else
        {
            AssertSingle(problems, kind.Value, severity, "2030-0");
        }
    }

    [Fact]
    public void A_good_client_certificate_has_no_problem() => Assert.Empty(CheckClient(Certificates.Leaf("app", Root), "app"));

    [Fact]
    public void One_that_is_not_valid_yet_is_an_error() =>
        AssertSingle(CheckClient(Certificates.Leaf("app", Root, from: 1), "app"), CertificateProblemKind.NotYetValid, DiagnosticSeverity.Error, "2030-06-16");

    [Fact]
    public void One_for_servers_alone_is_an_error() =>
        AssertSingle(CheckClient(Certificates.Leaf("app", Root, Certificates.ServerUsage), "app"), CertificateProblemKind.NotForClients, DiagnosticSeverity.Error, "clientAuth");

    [Fact]
    public void One_without_any_usage_is_for_everything() => Assert.Empty(CheckClient(Certificates.Leaf("app", Root, usage: null), "app"));

    [Fact]
    public void One_for_another_user_is_a_warning_as_the_server_may_map_names() =>
        AssertSingle(CheckClient(Certificates.Leaf("someone", Root), "app"), CertificateProblemKind.UserMismatch, DiagnosticSeverity.Warning, "pg_ident.conf");

    [Fact]
    public void Nobody_asks_for_the_user_when_it_is_not_known() => Assert.Empty(CheckClient(Certificates.Leaf("someone", Root), userName: null));

    [Fact]
    public void A_short_RSA_key_is_a_warning() =>
        AssertSingle(CheckClient(Certificates.Leaf("app", Root, key: RSA.Create(1024)), "app"), CertificateProblemKind.Weak, DiagnosticSeverity.Warning, "1024 bits");

    [Fact]
    public void A_curve_that_Go_does_not_know_is_an_error()
    {
        using var key = ECDsa.Create(ECCurve.CreateFromFriendlyName("secp256k1"));
        AssertSingle(CheckClient(Certificates.Leaf("app", Root, key: key), "app"), CertificateProblemKind.KeyUnsupported, DiagnosticSeverity.Error, "P-256");
    }

    static IReadOnlyList<CertificateProblem> CheckBundle(params Certificates.Pair[] pairs) =>
        CaBundleCheck.Check(CaBundle.Of(pairs.Select(pair => pair.Certificate)), Certificates.Now, Month);

    static IReadOnlyList<CertificateProblem> CheckClient(Certificates.Pair pair, string? userName)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("client.pem"), pair.Pem + pair.KeyPem);
        return ClientCertificateCheck.Check(ClientCertificate.Read(folder.File("client.pem"), keyPath: null, password: null), userName, Certificates.Now, Month);
    }

    static void AssertSingle(IReadOnlyList<CertificateProblem> problems, CertificateProblemKind kind, DiagnosticSeverity severity, string said)
    {
        var problem = Assert.Single(problems);
        Assert.Equal((kind, severity), (problem.Kind, problem.Severity));
        Assert.Contains(said, problem.ToString(), StringComparison.Ordinal);
    }
}
