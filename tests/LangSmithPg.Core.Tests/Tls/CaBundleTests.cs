using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using LangSmithPg.Core.Tests.Files;
using LangSmithPg.Core.Tests.Peers;
using LangSmithPg.Tls;

namespace LangSmithPg.Core.Tests.Tls;

[Trait("NotOnWine", "Wine has no EC keys (NTE_NOT_SUPPORTED), and reads and writes no PFX.")]
public sealed class CaBundleTests : IDisposable
{
    static readonly Certificates.Pair Root = Certificates.Authority("Root");
    static readonly Certificates.Pair Intermediate = Certificates.Authority("Intermediate", Root);

    readonly TemporaryFolder _folder = new();

    static string BothPem => Root.Pem + Intermediate.Pem;

    public static TheoryData<string> Forms => ["pem", "crlf", "utf8-bom", "utf16-le", "utf16-be", "texts-around", "indented", "pkcs7-der", "pkcs7-pem"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Forms))]
    public void Every_form_in_which_people_keep_certificates_is_read(string form)
    {
        var bytes = form switch
        {
            "pem" => Encoding.UTF8.GetBytes(BothPem),
            "crlf" => Encoding.UTF8.GetBytes(BothPem.ReplaceLineEndings("\r\n")),
            "utf8-bom" => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(BothPem)],
            "utf16-le" => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(BothPem)],
            "utf16-be" => [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(BothPem)],
            "texts-around" => Encoding.UTF8.GetBytes($"Bag Attributes\n    friendlyName: Wurzelzertifikat für alle\n{Root.Pem}\nsubject=CN = x\n{Intermediate.Pem}# end"),
            "indented" => Encoding.UTF8.GetBytes(string.Concat(BothPem.Split('\n').Select(line => $"    {line}\n"))),
            _ => Pkcs7(form == "pkcs7-pem" ? "PEM" : "DER"),
        };

        var bundle = CaBundle.Parse(bytes, "ca.crt");

        Assert.Equal(
            new[] { Root, Intermediate }.Select(one => one.Certificate.Thumbprint).Order(),
            bundle.Certificates.Select(one => one.Thumbprint).Order());
    }

    [Fact]
    public void A_single_certificate_in_der_is_read() =>
        Assert.Equal("Root", Assert.Single(CaBundle.Parse(Root.Certificate.RawData, "ca.cer").Certificates).GetNameInfo(X509NameType.SimpleName, false));

    [Fact]
    public void A_name_that_would_steer_the_terminal_is_shown_with_its_signs() =>
        Assert.Equal("x␛[2Jy", CaBundle.Of([Certificates.Authority("x\u001b[2Jy").Certificate]).ToString());

    [Theory]
    [InlineData("130C49", "160CC2")]
    [InlineData("2A8648CE3D030107", "2A8648CE3D03017F")]
    public void A_certificate_that_is_damaged_inside_is_refused_before_anybody_asks_for_the_part(string part, string instead)
    {
        var whole = Convert.ToHexString(Intermediate.Certificate.RawData);
        Assert.Contains(part, whole, StringComparison.Ordinal);
        var damaged = Convert.FromHexString(whole.Replace(part, instead, StringComparison.Ordinal));

        foreach (var bytes in new[] { damaged, Encoding.ASCII.GetBytes(PemEncoding.WriteString("CERTIFICATE", damaged)) })
        {
            Assert.Equal(CertificateProblemKind.Damaged, Assert.Throws<CertificateException>(() => CaBundle.Parse(bytes, "ca.crt")).Problem.Kind);
        }
    }

    [Theory]
    [InlineData("CERTIFICATE")]
    [InlineData("CERTs3cret\u001b[2J")]
    public void The_label_of_a_block_is_told_where_it_is_one(string label)
    {
        var exception = Assert.Throws<CertificateException>(() => CaBundle.Parse(Encoding.ASCII.GetBytes($"-----BEGIN {label}-----\nAAAA\n"), "ca.crt"));

        Assert.StartsWith(label == "CERTIFICATE" ? "ca.crt: The block CERTIFICATE on line 1 is incomplete" : "ca.crt: The block on line 1 is incomplete", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bundle_is_written_with_an_empty_line_in_between_and_OpenSSL_trusts_by_it()
    {
        var leaf = Certificates.Leaf("db", Intermediate, Certificates.ServerUsage);
        var bundle = CaBundle.Of([Root.Certificate, Intermediate.Certificate, Root.Certificate]);
        File.WriteAllText(_folder.File("ca.pem"), bundle.ToPem());
        File.WriteAllText(_folder.File("leaf.pem"), leaf.Pem);

        Assert.Equal($"{Root.Pem}\n{Intermediate.Pem}", bundle.ToPem());
        Assert.Contains("OK", OpenSsl.Run(
            "verify", "-attime", $"{Certificates.Now.ToUnixTimeSeconds()}", "-CAfile", _folder.File("ca.pem"), _folder.File("leaf.pem")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_is_read_in_the_order_of_its_names()
    {
        File.WriteAllText(_folder.File("b.crt"), Root.Pem);
        File.WriteAllBytes(_folder.File("a.cer"), Intermediate.Certificate.RawData);

        Assert.Equal("Intermediate, Root", CaBundle.Read(_folder.Path).ToString());
    }

    [Fact]
    public void A_bundle_of_hundreds_is_read_whole()
    {
        var pems = string.Concat(Enumerable.Range(0, 200).Select(number => Certificates.Authority($"Root {number}").Pem));

        Assert.Equal(200, CaBundle.Parse(Encoding.ASCII.GetBytes(pems), "all.pem").Certificates.Count);
    }

    [Theory]
    [InlineData("CERTIFICATE")]
    [InlineData("PKCS7")]
    public void A_PFX_in_the_guise_of_a_certificate_is_not_opened(string label)
    {
        // With its key: Windows would write that into the user's key store.
        using var key = RSA.Create(2048);
        using var pair = new CertificateRequest("CN=disguised", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(Certificates.Now.AddDays(-1), Certificates.Now.AddDays(1));
        var pem = PemEncoding.WriteString(label, pair.Export(X509ContentType.Pkcs12));

        var problem = Assert.Throws<CertificateException>(() => CaBundle.Parse(Encoding.ASCII.GetBytes(pem), "ca.pem")).Problem;

        Assert.Equal(CertificateProblemKind.Damaged, problem.Kind);
    }

    public static TheoryData<string, CertificateProblemKind, string> BadFiles => new()
    {
        { "", CertificateProblemKind.FileEmpty, "empty" },
        { " \r\n\t\n", CertificateProblemKind.FileEmpty, "empty" },
        { "hello", CertificateProblemKind.CertificateMissing, "no certificate" },
        { "<!DOCTYPE html><html>", CertificateProblemKind.CertificateMissing, "web page" },
        { "ssh-ed25519 AAAAC3Nza me@here", CertificateProblemKind.IsSshKey, "SSH" },
        { "PuTTY-User-Key-File-3: ssh-rsa", CertificateProblemKind.IsSshKey, "SSH" },
        { Block("OPENSSH PRIVATE KEY"), CertificateProblemKind.IsSshKey, "SSH" },
        { Block("CERTIFICATE REQUEST"), CertificateProblemKind.IsRequest, "CSR" },
        { Block("NEW CERTIFICATE REQUEST"), CertificateProblemKind.IsRequest, "CSR" },
        { Block("X509 CRL"), CertificateProblemKind.IsRevocationList, "CRL" },
        { Block("TRUSTED CERTIFICATE"), CertificateProblemKind.Damaged, "openssl x509" },
        { Block("PGP PUBLIC KEY BLOCK"), CertificateProblemKind.CertificateMissing, "PGP" },
        { Block("PUBLIC KEY"), CertificateProblemKind.CertificateMissing, "no certificate" },
        { Block("CERTIFICATE"), CertificateProblemKind.Damaged, "line 1" },
        { "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n", CertificateProblemKind.Damaged, "line 1" },
        { "-----BEGIN CERTIFICATE-----\nDEK-Info: AES-256-CBC,00\n-----END CERTIFICATE-----\n", CertificateProblemKind.Damaged, "line 1" },
        { "-----BEGIN PKCS7-----\nA: b\n-----END PKCS7-----\n", CertificateProblemKind.Damaged, "line 1" },
        { BothPem + Block("PRIVATE KEY"), CertificateProblemKind.PrivateKeyInside, "private key" },
        { BothPem + Block("RSA PRIVATE KEY"), CertificateProblemKind.PrivateKeyInside, "private key" },
        { BothPem + Block("ENCRYPTED PRIVATE KEY"), CertificateProblemKind.PrivateKeyInside, "private key" },
        { "text\n" + Root.Pem[..^40], CertificateProblemKind.Damaged, "line 2" },
        { Root.Pem.Replace("-----END CERTIFICATE-----", "-----END CERTIFICATE", StringComparison.Ordinal), CertificateProblemKind.Damaged, "incomplete" },
        { Root.Pem.Replace("\n", "\\n", StringComparison.Ordinal), CertificateProblemKind.CertificateMissing, "no certificate" },
        { Root.Pem.Replace("MII", "M*I", StringComparison.Ordinal).Replace("MIB", "M*B", StringComparison.Ordinal), CertificateProblemKind.Damaged, "Base64" },
        { new string('x', (4 * 1024 * 1024) + 1), CertificateProblemKind.FileTooLarge, "4 MiB" },
    };

    [Theory]
    [MemberData(nameof(BadFiles))]
    public void What_is_no_bundle_is_refused_by_its_name(string text, CertificateProblemKind kind, string said)
    {
        var problem = Assert.Throws<CertificateException>(() => CaBundle.Parse(Encoding.UTF8.GetBytes(text), "ca.crt")).Problem;

        Assert.Equal(kind, problem.Kind);
        Assert.Equal("ca.crt", problem.Source);
        Assert.Contains(said, problem.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("NEEDLE", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_PFX_is_no_bundle()
    {
        var pfx = Root.Certificate.CopyWithPrivateKey((System.Security.Cryptography.ECDsa)Root.Key).Export(X509ContentType.Pkcs12, "p");

        Assert.Equal(CertificateProblemKind.PrivateKeyInside, Assert.Throws<CertificateException>(() => CaBundle.Parse(pfx, "ca.pfx")).Problem.Kind);
    }

    [Fact]
    public void A_file_that_is_not_there_is_told_by_its_path()
    {
        var problem = Assert.Throws<CertificateException>(() => CaBundle.Read(_folder.File("nowhere.crt"))).Problem;

        Assert.Equal((CertificateProblemKind.FileNotFound, _folder.File("nowhere.crt")), (problem.Kind, problem.Source));
    }

    [Fact]
    public void An_empty_folder_is_told() =>
        Assert.Equal(CertificateProblemKind.CertificateMissing, Assert.Throws<CertificateException>(() => CaBundle.Read(_folder.Path)).Problem.Kind);

    static string Block(string label) => $"-----BEGIN {label}-----\nTkVFRExF\n-----END {label}-----\n";

    byte[] Pkcs7(string form)
    {
        File.WriteAllText(_folder.File("both.pem"), BothPem);
        OpenSsl.Run("crl2pkcs7", "-nocrl", "-certfile", _folder.File("both.pem"), "-outform", form, "-out", _folder.File("both.p7b"));
        return File.ReadAllBytes(_folder.File("both.p7b"));
    }
}
