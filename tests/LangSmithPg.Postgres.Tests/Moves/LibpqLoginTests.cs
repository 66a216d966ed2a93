using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Postgres.Moves;
using LangSmithPg.Postgres.Servers;
using LangSmithPg.Tls;

namespace LangSmithPg.Postgres.Tests.Moves;

/// <summary>A program of PostgreSQL connects as safely as this module: to the real server, with the real libpq.</summary>
public sealed class LibpqLoginTests(SharedServers servers) : IDisposable
{
    const string Psql = "/usr/lib/postgresql/15/bin/psql";

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("langsmithpg-tests-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("localhost", "verify-full", "root", true)]
    [InlineData("127.0.0.1", "verify-full", "root", false)]
    [InlineData("127.0.0.1", "verify-ca", "root", true)]
    [InlineData("localhost", "verify-full", "stranger", false)]
    // The public authorities, of which none issued it.
    [InlineData("localhost", "verify-full", null, false)]
    [InlineData("localhost", "require", null, true)]
    // Which this server refuses.
    [InlineData("localhost", "disable", null, false)]
    public async Task The_server_is_verified(string host, string mode, string? authority, bool succeeds)
    {
        var server = await servers.GetTlsAsync();
        var file = authority switch { "root" => server.RootFile, "stranger" => server.StrangerFile, _ => null };
        var parts = server.Server.Parts() with { HostName = host, SslMode = SslModeNames.FromText(mode) };
        var result = await RunAsync(PgConnectionString.FromParts(file is null ? parts : parts.With("sslrootcert", file)).Require(), new());
        Assert.True(succeeds == (result.ExitCode == 0), string.Join('\n', result.Messages));
        Assert.Equal(succeeds ? "t" : "", result.Output.Trim());
    }

    [Fact]
    public async Task The_authorities_and_the_client_certificate_that_were_specified_count()
    {
        var server = await servers.GetTlsAsync();
        var issued = server.IssueClient(TlsServer.Certified);
        var (certificate, key) = (Path.Join(_folder.FullName, "a.crt"), Path.Join(_folder.FullName, "a.key"));
        await File.WriteAllTextAsync(certificate, issued.ChainPem, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(key, issued.KeyPem, TestContext.Current.CancellationToken);
        var connection = PgConnectionString.FromParts(server.Server.Parts() with { HostName = "localhost", UserName = TlsServer.Certified, Password = null }).Require();
        var options = new SessionOptions { Authorities = CaBundle.Read(server.RootFile), ClientCertificate = ClientCertificate.Read(certificate, key, password: null) };

        var result = await RunAsync(connection, options);
        Assert.True(result.ExitCode == 0, string.Join('\n', result.Messages));
        Assert.NotEqual(0, (await RunAsync(connection, options with { ClientCertificate = null })).ExitCode);
        if (!OperatingSystem.IsWindows())
        {
            // Its owner's alone.
            Assert.All(_folder.EnumerateFiles("*.key").Where(file => file.FullName != key), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, file.UnixFileMode));
        }
    }

    [Fact]
    public async Task A_token_is_the_password()
    {
        var server = await servers.GetTlsAsync();
        var parts = server.Server.Parts();
        var connection = PgConnectionString.FromParts(parts with { HostName = "localhost", Password = null, SslMode = SslMode.Require }).Require();
        Assert.Equal(0, (await RunAsync(connection, new() { AccessToken = parts.Password })).ExitCode);
        Assert.NotEqual(0, (await RunAsync(connection, new() { AccessToken = Secret.From("wrong") })).ExitCode);
        var open = PgConnectionString.FromParts(parts with { HostName = "localhost", Password = null, SslMode = SslMode.Prefer }).Require();
        Assert.Contains("access token", (await Assert.ThrowsAsync<LangSmithPg.Moves.MoveException>(() => RunAsync(open, new() { AccessToken = parts.Password }))).Message, StringComparison.Ordinal);
    }

    async Task<ProgramResult> RunAsync(PgConnectionString connection, SessionOptions options)
    {
        Assert.SkipUnless(File.Exists(Psql), $"There is no {Psql}.");
        var login = await LibpqLogin.PrepareAsync(connection, connection.Hosts[0], options, _folder.FullName, major: 15, "test", TestContext.Current.CancellationToken);
        return await ChildProgram.RunAsync(
            Psql, ["--no-psqlrc", "--no-password", "-qAtX", "-d", login.Info, "-c", "select ssl from pg_catalog.pg_stat_ssl where pid = pg_catalog.pg_backend_pid()"],
            login.Environment, static _ => { }, TestContext.Current.CancellationToken);
    }
}
