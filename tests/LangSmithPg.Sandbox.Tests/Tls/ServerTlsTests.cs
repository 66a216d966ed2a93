using LangSmithPg.Sandbox.Tls;
using Npgsql;

namespace LangSmithPg.Sandbox.Tests.Tls;

public sealed class ServerTlsTests
{
    [Fact]
    public async Task A_client_that_knows_the_root_verifies_the_server_through_the_intermediate()
    {
        using var root = CertificateAuthority.CreateRoot();
        using var intermediate = root.CreateIntermediate();
        await using var server = await Servers.StartAsync(new() { Tls = intermediate.IssueServer(["127.0.0.1"]).ToServerTls() });
        using var trusted = new TemporaryFile(root.CertificatePem);
        var connection = server.Connection();
        connection.SslMode = SslMode.VerifyFull;
        connection.RootCertificate = trusted.Path;

        Assert.Equal("True", await connection.AskAsync("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"));
    }

    [Fact]
    public async Task An_expired_certificate_is_refused()
    {
        using var root = CertificateAuthority.CreateRoot();
        await using var server = await Servers.StartAsync(
            new() { Tls = root.IssueServer(["127.0.0.1"], Validity.Expired).ToServerTls() });
        using var trusted = new TemporaryFile(root.CertificatePem);
        var connection = server.Connection();
        connection.SslMode = SslMode.VerifyFull;
        connection.RootCertificate = trusted.Path;

        await Assert.ThrowsAsync<NpgsqlException>(() => connection.AskAsync("SELECT 1"));
    }

    [Fact]
    public async Task A_client_certificate_signs_in()
    {
        using var servers = CertificateAuthority.CreateRoot("Servers");
        using var clients = CertificateAuthority.CreateRoot("Clients");
        await using var server = await Servers.StartAsync(new()
        {
            Tls = servers.IssueServer(["127.0.0.1"]).ToServerTls(clients),
            HbaLines = ["hostssl all all 127.0.0.1/32 cert"],
        });
        var issued = clients.IssueClient("postgres");
        using var trusted = new TemporaryFile(servers.CertificatePem);
        using var signed = new TemporaryFile(issued.ChainPem);
        using var key = new TemporaryFile(issued.KeyPem);
        var connection = server.Connection();
        connection.SslMode = SslMode.VerifyFull;
        connection.RootCertificate = trusted.Path;
        connection.Password = null;

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => connection.AskAsync("SELECT 1"));

        connection.SslCertificate = signed.Path;
        connection.SslKey = key.Path;
        Assert.Equal("postgres", await connection.AskAsync("SELECT current_user"));
    }
}
