using LangSmithPg.Sandbox.Tls;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Binding;

/// <summary>Mistakes with the files of certificates and keys.</summary>
public sealed class CertificateMistakeTests : IDisposable
{
    readonly ModuleSession _session = new();
    readonly TemporaryFolder _folder = new();

    public CertificateMistakeTests()
    {
        using var root = CertificateAuthority.CreateRoot("Root");
        var (client, other, old) = (root.IssueClient("app"), root.IssueClient("other"), root.IssueClient("app", Validity.Expired));
        Write("ca.crt", root.CertificatePem);
        Write("server.crt", root.IssueServer(["localhost"]).CertificatePem);
        Write("client.crt", client.CertificatePem);
        Write("client.key", client.KeyPem);
        Write("other.key", other.KeyPem);
        Write("old.pem", old.CertificatePem + old.KeyPem);
        Write("values.yaml", "postgres: {}\n");
        File.WriteAllBytes(_folder.File("client.pfx"), client.ToPfx("right"));
        _session.Set("folder", _folder.Path);
        _session.Run("[void]$ExecutionContext.SessionState.Path.SetLocation($folder)").ThrowIfFailed();
    }

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("New-LangSmithMtlsSecret -PfxPath client.pfx -Password N33dle", "PasswordWrong", "client.pfx: The password for the file is not correct", "Check the password")]
    [InlineData("New-LangSmithMtlsSecret -PfxPath client.pfx", "PasswordMissing", "protected by a password", "-Password")]
    [InlineData("New-LangSmithMtlsSecret client.crt", "PrivateKeyMissing", "contains no private key", "-KeyPath")]
    [InlineData("New-LangSmithMtlsSecret client.crt -KeyPath no.key", "FileNotFound", "no.key", "Check the path")]
    [InlineData("New-LangSmithMtlsSecret client.crt -KeyPath other.key", "KeyMismatch", "does not match the certificate", "with which this certificate was requested")]
    [InlineData("New-LangSmithMtlsSecret old.pem", "Expired", "The certificate expired on", "Renew it, and create the Secret again.")]
    [InlineData("New-LangSmithCaSecret server.crt", "NotAnAuthority", "not a CA certificate", "its issuer: CN=Root")]
    [InlineData("New-LangSmithCaSecret client.key", "PrivateKeyInside", "contains a private key on line 1", "Remove it")]
    [InlineData("New-LangSmithCaSecret values.yaml", "CertificateMissing", "contains no certificate", "PEM, DER, PKCS #7 or PFX")]
    [InlineData("New-LangSmithCaSecret ca.crt -VerifyAgainst 127.0.0.1:1 -TimeoutSeconds 5", "ConnectionRefused", "127.0.0.1:1", "Check the port")]
    public void A_file_that_cannot_be_used_is_one_error(string script, string id, string message, string advice) =>
        Mistake.IsTold(_session, script, id, message, advice);

    [Fact]
    public void A_certificate_of_another_user_is_one_warning() => Mistake.IsWarnedOf(
        _session, "New-LangSmithMtlsSecret client.crt -KeyPath client.key -UserName other_user",
        "The common name of the certificate is app, and the database user is other_user", "CN=other_user");

    void Write(string name, string text) => File.WriteAllText(_folder.File(name), text);
}
