using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LangSmithPg.Common;
using LangSmithPg.Core.Tests.Files;
using LangSmithPg.Core.Tests.Peers;
using LangSmithPg.Tls;

namespace LangSmithPg.Core.Tests.Tls;

[Trait("NotOnWine", "Wine has no EC keys (NTE_NOT_SUPPORTED), and reads and writes no PFX.")]
public sealed class ClientCertificateTests : IDisposable
{
    const string Password = "Zq7xNeedle €";

    static readonly Certificates.Pair Root = Certificates.Authority("Root");
    static readonly Certificates.Pair First = Certificates.Authority("First", Root);
    static readonly Certificates.Pair Second = Certificates.Authority("Second", First);

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // Openssl's arguments that turn a PKCS #8 key into another form, and whether that form has a password.
    public static TheoryData<string, string[], bool> KeyForms => new()
    {
        { "RSA", [], false },
        { "RSA", ["rsa", "-traditional"], false },
        { "RSA", ["rsa", "-traditional", "-aes128"], true },
        { "RSA", ["rsa", "-traditional", "-aes192"], true },
        { "RSA", ["rsa", "-traditional", "-aes256"], true },
        { "RSA", ["rsa", "-traditional", "-des3"], true },
        { "RSA", ["pkcs8", "-topk8", "-v2", "aes-256-cbc"], true },
        { "RSA", ["pkcs8", "-topk8", "-v2", "des3"], true },
        { "RSA", ["pkcs8", "-topk8", "-scrypt"], true },
        { "EC", [], false },
        { "EC", ["ec"], false },
        { "EC", ["ec", "-aes256"], true },
        { "EC", ["pkcs8", "-topk8", "-v2", "aes-128-cbc"], true },
    };

    [Theory]
    [MemberData(nameof(KeyForms))]
    public void Every_form_of_key_becomes_one_that_OpenSSL_reads_and_that_fits_the_certificate(string algorithm, string[] form, bool hasPassword)
    {
        using AsymmetricAlgorithm key = algorithm == "RSA" ? RSA.Create(2048) : ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var pair = Certificates.Leaf("app", Root, key: key);
        Write("client.crt", pair.Pem);
        Write("client.key", pair.KeyPem);
        if (form.Length > 0)
        {
            OpenSsl.Run([.. form, "-in", _folder.File("client.key"), "-out", _folder.File("other.key"), .. hasPassword ? new[] { "-passout", $"pass:{Password}" } : []]);
        }

        var keyFile = _folder.File(form.Length > 0 ? "other.key" : "client.key");
        if (form.Contains("-scrypt"))
        {
            // .NET reads no scrypt: it looks like a wrong password.
            AssertRefused(CertificateProblemKind.PasswordWrong, () => Read(keyFile, Password));
            return;
        }

        var client = Read(keyFile, hasPassword ? Password : null);

        Write("out.key", client.Key.Reveal());
        Assert.StartsWith("-----BEGIN PRIVATE KEY-----", client.Key.Reveal(), StringComparison.Ordinal);
        Assert.Equal(
            OpenSsl.Run("x509", "-in", _folder.File("client.crt"), "-noout", "-pubkey"), OpenSsl.Run("pkey", "-in", _folder.File("out.key"), "-pubout"));
        using var forTls = client.ToX509();
        Assert.True(forTls.HasPrivateKey);
        if (hasPassword)
        {
            AssertRefused(CertificateProblemKind.PasswordMissing, () => Read(keyFile, password: null));
            AssertRefused(CertificateProblemKind.PasswordWrong, () => Read(keyFile, "another"));
        }
    }

    [Fact]
    public void Certificates_in_any_order_become_a_chain_without_its_root_and_OpenSSL_follows_it()
    {
        var leaf = Certificates.Leaf("app", Second);
        var stranger = Certificates.Authority("Stranger");
        Write("client.crt", Root.Pem + First.Pem + stranger.Pem + leaf.Pem + Second.Pem);
        Write("client.key", leaf.KeyPem);

        var client = Read(_folder.File("client.key"));

        Assert.Equal(leaf.Pem + Second.Pem + First.Pem, client.ToPem());
        Assert.Equal("CN=Stranger", Assert.Single(client.Unrelated).Subject);
        Write("out.crt", client.ToPem());
        Write("root.crt", Root.Pem);
        Assert.Contains("OK", OpenSsl.Run(
            "verify", "-attime", $"{Certificates.Now.ToUnixTimeSeconds()}", "-CAfile", _folder.File("root.crt"), "-untrusted", _folder.File("out.crt"),
            _folder.File("out.crt")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_PFX_is_read_with_its_chain()
    {
        var leaf = Certificates.Leaf("app", Second);
        using var pair = leaf.Certificate.CopyWithPrivateKey((ECDsa)leaf.Key);
        File.WriteAllBytes(
            _folder.File("client.pfx"), new X509Certificate2Collection { Root.Certificate, First.Certificate, pair, Second.Certificate }.Export(X509ContentType.Pkcs12, Password)!);

        var client = ClientCertificate.ReadPfx(_folder.File("client.pfx"), Secret.From(Password));

        Assert.Equal("app", client.CommonName);
        Assert.Equal(leaf.Pem + Second.Pem + First.Pem, client.ToPem());
        AssertRefused(CertificateProblemKind.PasswordWrong, () => ClientCertificate.ReadPfx(_folder.File("client.pfx"), Secret.From("another")));
        AssertRefused(CertificateProblemKind.PasswordMissing, () => ClientCertificate.ReadPfx(_folder.File("client.pfx"), password: null));
    }

    [Fact]
    public void An_intermediate_that_the_file_lacks_comes_from_this_users_store()
    {
        Assert.SkipWhen(OperatingSystem.IsMacOS(), "The store of intermediates cannot be written on macOS.");
        // A name of its own: every chain that is built meanwhile sees the store.
        var intermediate = Certificates.Authority($"Intermediate {Guid.NewGuid()}", Root);
        var leaf = Certificates.Leaf("app", intermediate);
        using var pair = leaf.Certificate.CopyWithPrivateKey((ECDsa)leaf.Key);
        File.WriteAllBytes(_folder.File("client.pfx"), pair.Export(X509ContentType.Pkcs12, Password));
        using var stored = new StoredCertificate(StoreName.CertificateAuthority, intermediate.Certificate);

        Assert.Equal(leaf.Pem + intermediate.Pem, ClientCertificate.ReadPfx(_folder.File("client.pfx"), Secret.From(Password)).ToPem());
    }

    [Fact]
    public void A_PFX_of_OpenSSL_with_todays_and_with_yesterdays_encryption_is_read()
    {
        var leaf = Certificates.Leaf("app", Root, key: RSA.Create(2048));
        Write("client.crt", leaf.Pem);
        Write("client.key", leaf.KeyPem);
        foreach (var encryption in (string[][])[[], ["-certpbe", "PBE-SHA1-3DES", "-keypbe", "PBE-SHA1-3DES", "-macalg", "sha1"]])
        {
            OpenSsl.Run([
                "pkcs12", "-export", "-in", _folder.File("client.crt"), "-inkey", _folder.File("client.key"), "-out", _folder.File("client.pfx"),
                "-passout", $"pass:{Password}", .. encryption]);

            Assert.Equal(leaf.Pem, ClientCertificate.ReadPfx(_folder.File("client.pfx"), Secret.From(Password)).ToPem());
        }
    }

    [Fact]
    public void A_PFX_without_a_key_or_with_several_is_refused()
    {
        using var one = Certificates.Leaf("one", Root) is var a ? a.Certificate.CopyWithPrivateKey((ECDsa)a.Key) : null!;
        using var two = Certificates.Leaf("two", Root) is var b ? b.Certificate.CopyWithPrivateKey((ECDsa)b.Key) : null!;
        File.WriteAllBytes(_folder.File("none.pfx"), new X509Certificate2Collection { Root.Certificate }.Export(X509ContentType.Pkcs12, Password)!);
        File.WriteAllBytes(_folder.File("both.pfx"), new X509Certificate2Collection { one, two }.Export(X509ContentType.Pkcs12, Password)!);

        AssertRefused(CertificateProblemKind.PrivateKeyMissing, () => ClientCertificate.ReadPfx(_folder.File("none.pfx"), Secret.From(Password)));
        Assert.Contains(
            "one", AssertRefused(CertificateProblemKind.PrivateKeyAmbiguous, () => ClientCertificate.ReadPfx(_folder.File("both.pfx"), Secret.From(Password))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_key_of_another_certificate_is_refused_by_the_name_of_its_file()
    {
        Write("client.crt", Certificates.Leaf("app", Root).Pem);
        Write("other.key", Certificates.Leaf("other", Root).KeyPem);

        var problem = AssertRefused(CertificateProblemKind.KeyMismatch, () => Read(_folder.File("other.key")));

        Assert.Equal(_folder.File("other.key"), problem.Source);
        Assert.Contains("app", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", CertificateProblemKind.FileEmpty)]
    [InlineData("ssh-rsa AAAA", CertificateProblemKind.PrivateKeyMissing)]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----\nTkVFRExF\n-----END OPENSSH PRIVATE KEY-----", CertificateProblemKind.IsSshKey)]
    [InlineData("-----BEGIN PRIVATE KEY-----\nTkVFRExF\n-----END PRIVATE KEY-----", CertificateProblemKind.Damaged)]
    [InlineData("-----BEGIN EC PRIVATE KEY-----\nTkVFRExF\n-----END EC PRIVATE KEY-----", CertificateProblemKind.Damaged)]
    [InlineData("-----BEGIN PRIVATE KEY-----\nTkVFRExF\n", CertificateProblemKind.Damaged)]
    [InlineData("-----BEGIN DSA PRIVATE KEY-----\nTkVFRExF\n-----END DSA PRIVATE KEY-----", CertificateProblemKind.KeyUnsupported)]
    [InlineData("-----BEGIN PUBLIC KEY-----\nTkVFRExF\n-----END PUBLIC KEY-----", CertificateProblemKind.PrivateKeyMissing)]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: RC2-CBC,0000000000000000\n\nTkVFRExF\n-----END RSA PRIVATE KEY-----", CertificateProblemKind.KeyUnsupported)]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,xy\n\nTkVFRExF\n-----END RSA PRIVATE KEY-----", CertificateProblemKind.PasswordWrong)]
    public void What_is_no_key_is_refused_and_never_shown(string text, CertificateProblemKind kind)
    {
        Write("client.crt", Certificates.Leaf("app", Root).Pem);
        Write("client.key", text);

        var problem = AssertRefused(kind, () => Read(_folder.File("client.key"), Password));

        Assert.DoesNotContain("TkVFRExF", problem.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Password, problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_Ed25519_key_is_refused_with_what_to_use_in_its_place()
    {
        OpenSsl.Run("genpkey", "-algorithm", "ed25519", "-out", _folder.File("client.key"));
        Write("client.crt", Certificates.Leaf("app", Root).Pem);

        Assert.Contains("P-256", AssertRefused(CertificateProblemKind.KeyUnsupported, () => Read(_folder.File("client.key"))).Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_without_its_key_is_refused() =>
        AssertRefused(CertificateProblemKind.PrivateKeyMissing, () => ClientCertificate.From(Root.Certificate, []));

    [Fact]
    public void It_never_shows_its_key()
    {
        var leaf = Certificates.Leaf("app", Root);
        Write("client.pem", leaf.Pem + leaf.KeyPem);

        var client = ClientCertificate.Read(_folder.File("client.pem"), keyPath: null, password: null);

        Assert.Equal(("CN=app", "****"), (client.ToString(), client.Key.ToString()));
    }

    void Write(string name, string text) => File.WriteAllText(_folder.File(name), text);

    ClientCertificate Read(string keyFile, string? password = null) =>
        ClientCertificate.Read(_folder.File("client.crt"), keyFile, Secret.From(password));

    static CertificateProblem AssertRefused(CertificateProblemKind kind, Func<ClientCertificate> read)
    {
        var problem = Assert.Throws<CertificateException>(read).Problem;
        Assert.True(kind == problem.Kind, $"{kind} was expected: {problem}");
        return problem;
    }
}
