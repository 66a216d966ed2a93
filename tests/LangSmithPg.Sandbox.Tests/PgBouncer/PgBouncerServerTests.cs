using LangSmithPg.Sandbox.PgBouncer;
using LangSmithPg.Sandbox.Postgres;
using LangSmithPg.Sandbox.Tls;
using Npgsql;

namespace LangSmithPg.Sandbox.Tests.PgBouncer;

public sealed class PgBouncerServerTests
{
    [Fact]
    public async Task It_forwards_queries()
    {
        await using var server = await Servers.StartAsync(new());
        await using var pooler = await Servers.StartBouncerAsync(PgBouncerServerOptions.For(server));

        Assert.Equal($"{server.Port}", await Through(pooler, server).AskAsync("SHOW port"));
        Assert.Contains("login attempt", pooler.ReadLog(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_refuses_an_unknown_startup_parameter_unless_told_to_ignore_it()
    {
        await using var server = await Servers.StartAsync(new());
        await using var strict = await Servers.StartBouncerAsync(PgBouncerServerOptions.For(server));
        await using var lenient = await Servers.StartBouncerAsync(
            PgBouncerServerOptions.For(server) with { IgnoreStartupParameters = ["search_path"] });
        var connection = Through(strict, server);
        connection.SearchPath = "app";

        var error = await Assert.ThrowsAsync<PostgresException>(() => connection.AskAsync("SELECT 1"));
        Assert.Contains("search_path", error.MessageText, StringComparison.Ordinal);

        connection.Port = lenient.Port;
        Assert.Equal("1", await connection.AskAsync("SELECT 1"));
    }

    [Fact]
    public async Task It_speaks_tls_to_clients()
    {
        using var authority = CertificateAuthority.CreateRoot();
        await using var server = await Servers.StartAsync(new());
        await using var pooler = await Servers.StartBouncerAsync(
            PgBouncerServerOptions.For(server) with { Tls = authority.IssueServer(["localhost"]).ToServerTls() });
        var connection = Through(pooler, server);
        connection.SslMode = SslMode.Require;

        Assert.Equal("1", await connection.AskAsync("SELECT 1"));
    }

    [Fact]
    public async Task A_wrong_setting_says_why()
    {
        var error = await Assert.ThrowsAsync<PgBouncerServerException>(() => Servers.StartBouncerAsync(new()
        {
            UpstreamHost = "127.0.0.1",
            UpstreamPort = 5432,
            Settings = new Dictionary<string, string> { ["auth_type"] = "nonsense" },
        }));

        Assert.Contains("auth_type", error.Message, StringComparison.Ordinal);
    }

    static NpgsqlConnectionStringBuilder Through(PgBouncerServer pooler, PostgresServer server)
    {
        var connection = server.Connection();
        connection.Port = pooler.Port;
        return connection;
    }
}
