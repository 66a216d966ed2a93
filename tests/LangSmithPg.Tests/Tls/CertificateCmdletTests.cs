using System.Management.Automation;
using LangSmithPg.Sandbox.Tls;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Tls;

/// <summary>Certificates as admins have them, given to the cmdlets that make Secrets of them. No server is needed.</summary>
public sealed class CertificateCmdletTests : IDisposable
{
    const string PfxPassword = "N33dle-of-pfx";

    readonly ModuleSession _session = new();
    readonly string _folder = Directory.CreateTempSubdirectory("langsmithpg-tests-").FullName;
    readonly CertificateAuthority _first = CertificateAuthority.CreateRoot("First Root");
    readonly CertificateAuthority _second = CertificateAuthority.CreateRoot("Second Root");

    public CertificateCmdletTests()
    {
        var app = _first.IssueClient("app");
        Write("cas/first.crt", _first.CertificatePem);
        Write("cas/second.crt", _second.CertificatePem);
        Write("leaf.crt", _first.IssueServer(["localhost"]).CertificatePem);
        Write("client.crt", app.CertificatePem);
        Write("client.key", app.KeyPem);
        Write("old.pem", _first.IssueClient("app", Validity.Expired) is var old ? old.CertificatePem + old.KeyPem : "");
        File.WriteAllBytes(Path.Join(_folder, "client.pfx"), app.ToPfx(PfxPassword));
        _session.Set("folder", _folder);
        _session.Set("pfxPassword", PfxPassword);
        _session.Run("""
            [void]$ExecutionContext.SessionState.Path.SetLocation($folder)
            $files = $ExecutionContext.SessionState.Provider.GetOne('FileSystem')
            [void]$ExecutionContext.SessionState.Drive.New([Management.Automation.PSDriveInfo]::new('certs', $files, $folder, '', $null), 'global')
            function Open($path) { [Security.Cryptography.X509Certificates.X509Certificate2]::new("$folder/$path") }
            """).ThrowIfFailed();
    }

    public void Dispose()
    {
        _session.Dispose();
        _first.Dispose();
        _second.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("New-LangSmithCaSecret cas/first.crt, cas/second.crt")]
    [InlineData("New-LangSmithCaSecret cas/*.crt")]
    [InlineData("New-LangSmithCaSecret cas")]
    [InlineData("New-LangSmithCaSecret certs:/cas/*.crt")]
    [InlineData("'cas/first.crt', 'cas/second.crt', 'cas/first.crt' | New-LangSmithCaSecret")]
    [InlineData("(Open cas/first.crt), (Open cas/second.crt) | New-LangSmithCaSecret")]
    [InlineData("[pscustomobject]@{ FullName = \"$folder/cas\" } | New-LangSmithCaSecret")]
    public void Authorities_are_taken_from_wherever_they_are(string script)
    {
        var result = _session.Run($"{script} | ForEach-Object {{ $_.Bundle.ToPem() }}");

        Assert.Equal([], result.Errors.Select(error => error.ToString()));
        Assert.Equal($"{_first.CertificatePem}\n{_second.CertificatePem}", result.Single.BaseObject);
    }

    [Theory]
    [InlineData("New-LangSmithCaSecret cas/first.crt, nowhere.crt", "FileNotFound", ErrorCategory.ObjectNotFound, "nowhere.crt")]
    [InlineData("New-LangSmithCaSecret nowhere*.crt", "FileNotFound", ErrorCategory.ObjectNotFound, "nowhere*.crt")]
    [InlineData("New-LangSmithCaSecret leaf.crt", "NotAnAuthority", ErrorCategory.InvalidData, "localhost")]
    [InlineData("New-LangSmithCaSecret cas/first.crt, client.key", "PrivateKeyInside", ErrorCategory.InvalidData, "client.key")]
    [InlineData("New-LangSmithCaSecret client.pfx", "PrivateKeyInside", ErrorCategory.InvalidData, "client.pfx")]
    [InlineData("New-LangSmithMtlsSecret old.pem", "Expired", ErrorCategory.InvalidData, "app")]
    [InlineData("New-LangSmithMtlsSecret client.crt", "PrivateKeyMissing", ErrorCategory.InvalidData, "client.crt")]
    [InlineData("New-LangSmithMtlsSecret -PfxPath client.pfx", "PasswordMissing", ErrorCategory.AuthenticationError, "client.pfx")]
    [InlineData("New-LangSmithMtlsSecret -PfxPath client.pfx -Password wrong", "PasswordWrong", ErrorCategory.AuthenticationError, "client.pfx")]
    [InlineData("Open client.crt | New-LangSmithMtlsSecret", "PrivateKeyMissing", ErrorCategory.InvalidData, "app")]
    [InlineData(
        "[Security.Cryptography.X509Certificates.X509Certificate2]::new(\"$folder/client.pfx\", $pfxPassword, 'Exportable') | New-LangSmithMtlsSecret -ChainPath nowhere*.crt",
        "FileNotFound", ErrorCategory.ObjectNotFound, "nowhere*.crt")]
    public void What_cannot_be_used_is_one_error_and_no_Secret(string script, string id, ErrorCategory category, string target)
    {
        var result = _session.Run(script);

        Assert.Empty(result.Output);
        Assert.Equal(id, result.ErrorId);
        Assert.Equal(category, result.Errors[0].CategoryInfo.Category);
        Assert.EndsWith(target, (string)result.Errors[0].TargetObject, StringComparison.Ordinal);
        Assert.NotEmpty(result.Errors[0].ErrorDetails.RecommendedAction);
    }

    [Theory]
    [InlineData("New-LangSmithMtlsSecret client.crt client.key")]
    [InlineData("New-LangSmithMtlsSecret -CertificatePath certs:/client.crt -KeyPath certs:/client.key")]
    [InlineData("New-LangSmithMtlsSecret -PfxPath client.pfx -Password $pfxPassword")]
    [InlineData("New-LangSmithMtlsSecret -PfxPath client.pfx -Password ([Net.NetworkCredential]::new('', $pfxPassword).SecurePassword)")]
    [InlineData("[Security.Cryptography.X509Certificates.X509Certificate2]::new(\"$folder/client.pfx\", $pfxPassword, 'Exportable') | New-LangSmithMtlsSecret")]
    public void A_client_certificate_is_the_same_in_every_form(string script)
    {
        var result = _session.Run($"{script} | ForEach-Object {{ $_.Client.ToPem(); $_.Client.Key.Reveal() }}");

        Assert.Equal([], result.Errors.Select(error => error.ToString()));
        Assert.Equal([Read("client.crt"), Read("client.key")], result.Output.Select(one => (string)one.BaseObject));
    }

    [Fact]
    public void Public_authorities_come_behind_those_that_are_given()
    {
        var count = (int)_session.Run("(New-LangSmithCaSecret cas -IncludePublicRoots).Bundle.Certificates.Count").Single.BaseObject;

        Assert.True(count > 2, $"{count} authorities");
        Assert.StartsWith(
            _first.CertificatePem, (string)_session.Run("(New-LangSmithCaSecret cas -IncludePublicRoots).Bundle.ToPem()").Single.BaseObject, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_file_with_the_private_key_is_kept_from_others()
    {
        _session.Run("""
            New-LangSmithCaSecret cas | Export-LangSmithYaml ca.yaml
            New-LangSmithMtlsSecret client.crt client.key | Export-LangSmithYaml mtls.yaml
            """).ThrowIfFailed();

        Assert.StartsWith("apiVersion: v1\nkind: Secret\nmetadata:\n  name: langsmith-custom-ca\ntype: Opaque\nstringData:\n  ca.crt: |\n    -----BEGIN CERTIFICATE-----\n", Read("ca.yaml"), StringComparison.Ordinal);
        Assert.StartsWith("apiVersion: v1\nkind: Secret\nmetadata:\n  name: postgres-mtls-secret\ntype: Opaque\nstringData:\n  tls.crt: |\n    -----BEGIN CERTIFICATE-----\n", Read("mtls.yaml"), StringComparison.Ordinal);
        Assert.Contains("\n  tls.key: |\n    -----BEGIN PRIVATE KEY-----\n", Read("mtls.yaml"), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Join(_folder, "mtls.yaml")));
            Assert.True(File.GetUnixFileMode(Path.Join(_folder, "ca.yaml")).HasFlag(UnixFileMode.GroupRead));
        }
    }

    [Theory]
    [InlineData("postgresql://u:N33dle@127.0.0.1:1/d")]
    [InlineData("u:N33dle@127.0.0.1:1/d")]
    [InlineData("host=127.0.0.1 port=1 user=u password=N33dle dbname=d")]
    public void A_connection_in_place_of_a_host_shows_no_password(string connection)
    {
        _session.Set("text", connection);

        var result = _session.Run("Get-LangSmithPgCertificate $text -Verbose -TimeoutSeconds 5");

        Assert.NotEmpty(result.Errors);
        Assert.DoesNotContain("N33dle", string.Join('\n', [.. result.Verbose, .. result.Warnings, .. result.Errors.SelectMany(one => new[] { one.ToString(), $"{one.TargetObject}", one.Exception.ToString() })]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'db 1' | Get-LangSmithPgCertificate", "InvalidHost")]
    [InlineData("'u@db1' | Get-LangSmithPgCertificate", "EmptyDatabase")]
    public void A_text_in_the_pipeline_that_is_no_more_than_a_host_is_one(string script, string id) => Assert.Equal(id, _session.Run(script).ErrorId);

    [Theory]
    [InlineData("Get-LangSmithPgCertificate 127.0.0.1 1")]
    [InlineData("'u:p@127.0.0.1:1/d?sslmode=require' | Test-LangSmithPgConnection")]
    public void Authorities_that_are_empty_by_mistake_do_not_switch_verification_off(string script)
    {
        Assert.Equal("ParameterArgumentValidationError", _session.Run($"{script} -CaCertificate $misspelt").ErrorId);
        Assert.Equal("ParameterArgumentValidationError", _session.Run($"{script} -CaCertificate @()").ErrorId);
    }

    string Read(string name) => File.ReadAllText(Path.Join(_folder, name));

    void Write(string name, string text)
    {
        var path = Path.Join(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    [Fact]
    public void A_key_without_its_certificate_is_told() => Assert.Equal(
        "NoClientCertificate", _session.Run("'u:p@127.0.0.1:1/d' | Test-LangSmithPgConnection -ClientKeyPath ./client.key").ErrorId);
}
