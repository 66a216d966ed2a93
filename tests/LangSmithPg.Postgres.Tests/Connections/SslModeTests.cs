using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Sandbox.FaultInjection;
using LangSmithPg.Sandbox.Tls;
using LangSmithPg.Servers;

namespace LangSmithPg.Postgres.Tests.Connections;

/// <summary>TLS as libpq has it. The server's certificate is for <c>localhost</c>, not for its address.</summary>
public sealed class SslModeTests(SharedServers servers)
{
    const string ByName = "localhost";
    const string ByAddress = "127.0.0.1";

    public enum Root
    {
        None,
        Right,
        Stranger,
        IntermediateAlone,
        System,
    }

    public static TheoryData<SslMode?, Root, string, ConnectionFailureKind?> Table => new()
    {
        { null, Root.None, ByAddress, null },
        { SslMode.Prefer, Root.None, ByAddress, null },
        { SslMode.Allow, Root.None, ByAddress, null },
        { SslMode.Require, Root.None, ByAddress, null },
        { SslMode.Require, Root.Right, ByAddress, null },
        { SslMode.Require, Root.Stranger, ByName, ConnectionFailureKind.CertificateNotTrusted },
        { SslMode.Require, Root.System, ByName, ConnectionFailureKind.ParameterNotSupported },
        { SslMode.VerifyCa, Root.None, ByName, ConnectionFailureKind.CertificateNotTrusted },
        { SslMode.VerifyCa, Root.Right, ByName, null },
        { SslMode.VerifyCa, Root.Right, ByAddress, null },
        { SslMode.VerifyCa, Root.Stranger, ByName, ConnectionFailureKind.CertificateNotTrusted },
        { SslMode.VerifyCa, Root.IntermediateAlone, ByName, ConnectionFailureKind.CertificateNotTrusted },
        { SslMode.VerifyFull, Root.None, ByName, ConnectionFailureKind.CertificateNotTrusted },
        { SslMode.VerifyFull, Root.Right, ByName, null },
        { SslMode.VerifyFull, Root.Right, ByAddress, ConnectionFailureKind.CertificateNameMismatch },
        { SslMode.VerifyFull, Root.Stranger, ByName, ConnectionFailureKind.CertificateNotTrusted },
        { SslMode.VerifyFull, Root.System, ByName, ConnectionFailureKind.CertificateNotTrusted },
        { null, Root.System, ByName, ConnectionFailureKind.CertificateNotTrusted },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public async Task A_certificate_is_judged_as_the_mode_says(SslMode? mode, Root root, string host, ConnectionFailureKind? expected)
    {
        var tls = await servers.GetTlsAsync();
        var parts = tls.Server.Parts() with { HostName = host, SslMode = mode };
        parts = root switch
        {
            Root.None => parts,
            Root.System => parts with { UseSystemRootCertificate = true },
            Root.Right => parts.With("sslrootcert", tls.RootFile),
            Root.Stranger => parts.With("sslrootcert", tls.StrangerFile),
            _ => parts.With("sslrootcert", tls.IntermediateFile),
        };

        var observation = await parts.LookAsync();

        if (expected is { } kind)
        {
            observation.AssertFailed(kind);
            Assert.Null(observation.Tls);
        }
        else
        {
            Assert.Null(observation.Failure);
            var (seen, server) = (observation.Tls!, observation.Facts!.Tls!);
            Assert.True(server.Encrypted);
            Assert.Equal((server.Protocol, server.Cipher), (seen.Protocol, seen.Cipher));
            Assert.Equal("CN=localhost", seen.Subject);
            Assert.InRange(seen.NotAfter!.Value, DateTimeOffset.UtcNow.AddDays(300), DateTimeOffset.UtcNow.AddDays(400));
        }
    }

    [Fact]
    public async Task A_name_that_the_certificate_lacks_is_told_with_those_that_it_has()
    {
        var tls = await servers.GetTlsAsync();
        var parts = tls.Server.Parts() with { SslMode = SslMode.VerifyFull };

        var failure = await parts.With("sslrootcert", tls.RootFile).FailAsync(ConnectionFailureKind.CertificateNameMismatch);

        Assert.Contains("127.0.0.1", failure.Message, StringComparison.Ordinal);
        Assert.Contains("localhost", failure.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_untrusted_certificate_is_told_with_its_issuer()
    {
        var tls = await servers.GetTlsAsync();

        var failure = await (tls.Server.Parts() with { SslMode = SslMode.VerifyFull }).FailAsync(ConnectionFailureKind.CertificateNotTrusted);

        Assert.Contains("CN=Sandbox Intermediate CA", failure.Detail, StringComparison.Ordinal);
        Assert.Contains("sslrootcert", failure.Fix.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expired_certificate_is_not_trusted_and_the_detail_says_why()
    {
        using var authority = CertificateAuthority.CreateRoot();
        using var root = new TemporaryFile(authority.CertificatePem);
        await using var server = await Sandbox.Tests.Servers.StartAsync(
            new() { Tls = authority.IssueServer([ByAddress], Validity.Expired).ToServerTls() });
        var parts = server.Parts().With("sslrootcert", root.Path);

        var failure = await (parts with { SslMode = SslMode.VerifyFull }).FailAsync(ConnectionFailureKind.CertificateNotTrusted);

        Assert.Contains("expired", failure.Detail, StringComparison.Ordinal);
        Assert.Null((await (server.Parts() with { SslMode = SslMode.Require }).LookAsync()).Failure);
    }

    [Theory]
    [InlineData(SslMode.Require, false)]
    [InlineData(SslMode.VerifyCa, false)]
    [InlineData(SslMode.VerifyFull, false)]
    [InlineData(null, true)]
    [InlineData(SslMode.VerifyFull, true)]
    public async Task A_server_without_tls_does_not_do_where_tls_is_asked_for(SslMode? mode, bool system)
    {
        var server = await servers.GetAsync();

        var failure = await (server.Parts() with { SslMode = mode, UseSystemRootCertificate = system }).FailAsync(ConnectionFailureKind.TlsNotOffered);

        Assert.Contains("ssl = on", failure.Fix.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(SslMode.Prefer)]
    [InlineData(SslMode.Allow)]
    [InlineData(SslMode.Disable)]
    public async Task A_role_that_may_come_without_tls_alone_does_where_tls_is_not_asked_for(SslMode? mode)
    {
        var server = (await servers.GetTlsAsync()).Server;
        var parts = server.Parts() with { UserName = TlsServer.Plain, Password = Secret.From(Tenant.Password), SslMode = mode };

        var observation = await parts.LookAsync();

        Assert.Null(observation.Failure);
        Assert.Null(observation.Tls);
        Assert.False(observation.Facts!.Tls!.Encrypted);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("not a certificate")]
    public async Task A_root_certificate_file_that_cannot_be_read(string? content)
    {
        using var file = new TemporaryFile(content ?? "");
        var path = content is null ? file.Path + ".missing" : file.Path;
        var parts = (await servers.GetTlsAsync()).Server.Parts().With("sslrootcert", path);

        var failure = await (parts with { SslMode = SslMode.VerifyFull }).FailAsync(ConnectionFailureKind.RootCertificateUnreadable);

        Assert.Contains("PEM", failure.Fix.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_server_does_not_send_is_not_downloaded()
    {
        await using var web = TarpitServer.Silent();
        using var rootKey = ECDsa.Create();
        var rootRequest = new CertificateRequest("CN=Root", rootKey, HashAlgorithmName.SHA256);
        rootRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var root = rootRequest.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var key = ECDsa.Create();
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509AuthorityInformationAccessExtension([], [$"http://{web.Host}:{web.Port}/issuer.crt"]));
        using var certificate = request.Create(root, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1), [1]);
        await using var server = await Sandbox.Tests.Servers.StartAsync(
            new() { Tls = new(certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem()) });

        await (server.Parts() with { SslMode = SslMode.VerifyFull }).FailAsync(ConnectionFailureKind.CertificateNotTrusted);

        Assert.Equal(0, web.Accepted);
    }
}
