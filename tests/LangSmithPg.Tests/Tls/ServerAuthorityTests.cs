using LangSmithPg.Sandbox.Postgres;
using LangSmithPg.Sandbox.Tls;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Tls;

/// <summary>Trusting what a server shows: never without somebody who knows that it is right.</summary>
public sealed class ServerAuthorityTests : IAsyncLifetime
{
    readonly ModuleSession _session = new();
    readonly CertificateAuthority _authority = CertificateAuthority.CreateRoot("The Root");
    readonly string _folder = Directory.CreateTempSubdirectory("langsmithpg-tests-").FullName;
    PostgresServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        var issued = _authority.IssueServer(["localhost"]);
        try
        {
            _server = await PostgresServer.StartAsync(new() { IgnoreInstalled = true, Tls = new(issued.ChainPem + _authority.CertificatePem, issued.KeyPem) });
        }
        catch (PostgresNotAvailableException exception) when (Environment.GetEnvironmentVariable("CI") != "true")
        {
            Assert.Skip(exception.Message);
        }

        File.WriteAllText(Path.Join(_folder, "root.crt"), _authority.CertificatePem);
        using var stranger = CertificateAuthority.CreateRoot("Stranger");
        File.WriteAllText(Path.Join(_folder, "stranger.crt"), stranger.CertificatePem);
        _session.Set("rootFile", Path.Join(_folder, "root.crt"));
        _session.Run($"[void]$ExecutionContext.SessionState.Path.SetLocation('{_folder}'); $shown = Get-LangSmithPgCertificate localhost {_server.Port}").ThrowIfFailed();
    }

    public async ValueTask DisposeAsync()
    {
        _session.Dispose();
        _authority.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Nothing_is_trusted_where_nobody_is_there_to_say_so()
    {
        var result = _session.Run("$shown | New-LangSmithCaSecret");

        Assert.Equal("AnchorNotConfirmed", result.ErrorId);
        Assert.Empty(result.Output);
        Assert.Contains("-Fingerprint", result.Errors[0].ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_server_shows_is_trusted_by_its_fingerprint()
    {
        var pem = _session.Run("""
            $sha = ([Security.Cryptography.X509Certificates.X509Certificate2]::CreateFromPem([IO.File]::ReadAllText($rootFile))).GetCertHashString('SHA256')
            $secret = $shown | New-LangSmithCaSecret -Fingerprint $sha.ToLower()
            $secret.Bundle.ToPem()
            """).Single.BaseObject;

        Assert.Equal(_authority.CertificatePem, pem);
        Assert.Equal(_authority.CertificatePem, _session.Run("($shown | New-LangSmithCaSecret -Fingerprint $shown.AnchorFingerprint).Bundle.ToPem()").Single.BaseObject);
    }

    [Theory]
    [InlineData("$rootFile")]
    [InlineData("[IO.FileInfo]$rootFile")]
    [InlineData("[Security.Cryptography.X509Certificates.X509Certificate2]::new($rootFile)")]
    public void Everything_else_that_holds_an_authority_comes_down_the_pipeline_too(string input) =>
        Assert.Equal(_authority.CertificatePem, _session.Run($"({input} | New-LangSmithCaSecret).Bundle.ToPem()").Single.BaseObject);

    [Fact]
    public void Another_fingerprint_is_an_error_of_security() =>
        Assert.Equal("FingerprintMismatch", _session.Run("$shown | New-LangSmithCaSecret -Fingerprint $shown.Fingerprint").ErrorId);

    [Fact]
    public void A_bundle_is_held_against_the_server_it_is_for()
    {
        _session.Set("url", $"u@localhost:{_server.Port}/d?sslmode=verify-full&sslrootcert=system");

        Assert.Empty(_session.Run("New-LangSmithCaSecret root.crt -VerifyAgainst $url").Errors);
        var wrong = _session.Run("New-LangSmithCaSecret stranger.crt -VerifyAgainst $url");
        Assert.Equal("CertificateNotVerified", wrong.ErrorId);
        Assert.Empty(wrong.Output);
        _session.Set("url", $"u@127.0.0.1:{_server.Port}/d?sslmode=verify-full&sslrootcert=system");
        Assert.Contains("not for 127.0.0.1", _session.Run("New-LangSmithCaSecret root.crt -VerifyAgainst $url").Errors[0].ToString(), StringComparison.Ordinal);
        _session.Set("url", "u@127.0.0.1:1/d");
        Assert.Equal("ConnectionRefused", _session.Run("New-LangSmithCaSecret root.crt -VerifyAgainst $url").ErrorId);
    }

    [Fact]
    public async Task A_server_that_keeps_its_root_to_itself_cannot_be_trusted_by_what_it_shows()
    {
        await using var server = await PostgresServer.StartAsync(
            new() { IgnoreInstalled = true, Tls = _authority.IssueServer(["localhost"]).ToServerTls() }, TestContext.Current.CancellationToken);

        var result = _session.Run($"Get-LangSmithPgCertificate localhost {server.Port} | New-LangSmithCaSecret -Fingerprint 00");

        Assert.Equal("AnchorMissing", result.ErrorId);
        Assert.Contains("CN=The Root", result.Errors[0].ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }
}
