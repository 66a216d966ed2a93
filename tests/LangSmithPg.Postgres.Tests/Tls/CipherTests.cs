using LangSmithPg.Connections;
using LangSmithPg.Connections.Drivers;
using LangSmithPg.Postgres.Tls;
using LangSmithPg.Sandbox.Tls;
using LangSmithPg.Tls;

namespace LangSmithPg.Postgres.Tests.Tls;

/// <summary>Where libpq finds a cipher, a look does.</summary>
public sealed class CipherTests
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    // A cipher of the server, and what is said of asyncpg and pgx.
    [Theory]
    [InlineData("ECDHE-ECDSA-AES256-SHA", TlsOutcome.Unknown, TlsOutcome.Verified)]
    [InlineData("ECDHE-ECDSA-CHACHA20-POLY1305", TlsOutcome.Verified, TlsOutcome.Verified)]
    [InlineData("ECDHE-ECDSA-AES256-SHA384", TlsOutcome.Verified, TlsOutcome.Unknown)]
    [InlineData("ECDHE-ECDSA-AES128-GCM-SHA256", TlsOutcome.Verified, TlsOutcome.Verified)]
    public async Task A_cipher_that_libpq_has(string cipher, TlsOutcome asyncpg, TlsOutcome pgx)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere the system decides on ciphers.");
        using var authority = CertificateAuthority.CreateRoot();
        using var root = new TemporaryFile(authority.CertificatePem);
        await using var server = await Sandbox.Tests.Servers.StartAsync(new()
        {
            Tls = authority.IssueServer(["localhost"]).ToServerTls(),
            Settings = new Dictionary<string, string> { ["ssl_max_protocol_version"] = "TLSv1.2", ["ssl_ciphers"] = cipher },
        });
        var parts = (server.Parts() with { HostName = "localhost", SslMode = SslMode.VerifyFull }).With("sslrootcert", root.Path);
        var connection = PgConnectionString.FromParts(parts).Require();
        Assert.Null((await Libpq.LoadAsync()).Connect(connection.ToPlainText("postgresql")).Error);

        var observation = await connection.LookAsync();
        var seen = await CertificateProbe.RunAsync(connection.Hosts, direct: false, CaBundle.Read(root.Path), Limit, TestContext.Current.CancellationToken);

        Assert.Null(observation.Failure);
        var verdicts = seen.Certificate!.Verdicts.Where(one => one is { SslMode: SslMode.VerifyFull, UsesSystemRoots: false }).ToDictionary(one => one.Driver, one => one.Outcome);
        Assert.Equal(
            (TlsOutcome.Verified, asyncpg, pgx),
            (verdicts[PgDriver.Libpq], verdicts[PgDriver.Asyncpg], verdicts[PgDriver.Pgx]));
    }
}
