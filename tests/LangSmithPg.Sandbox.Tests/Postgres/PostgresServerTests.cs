using System.Net;
using System.Net.Sockets;
using LangSmithPg.Sandbox.Postgres;
using Npgsql;

namespace LangSmithPg.Sandbox.Tests.Postgres;

public sealed class PostgresServerTests
{
    [Theory]
    [InlineData(14)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(18)]
    public async Task Every_major_version_starts_and_answers(int major)
    {
        await using var server = await Servers.StartAsync(new() { Major = major });

        Assert.Equal(major, server.Binaries.Major);
        Assert.StartsWith(server.Version, await server.Connection().AskAsync("SHOW server_version"), StringComparison.Ordinal);
        Assert.Equal("UTF8", await server.Connection().AskAsync("SHOW server_encoding"));
    }

    [Fact]
    public async Task Data_and_port_survive_a_stop()
    {
        await using var server = await Servers.StartAsync(new());
        await server.Connection().AskAsync("CREATE TABLE kept AS SELECT 42 AS answer");
        var port = server.Port;

        await server.StopAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.False(server.IsRunning);
        await server.StopAsync(cancellationToken: TestContext.Current.CancellationToken);
        await server.StartAgainAsync(TestContext.Current.CancellationToken);
        await server.RestartAsync(PostgresStopMode.Immediate, TestContext.Current.CancellationToken);

        Assert.Equal(port, server.Port);
        Assert.Equal("42", await server.Connection().AskAsync("SELECT answer FROM kept"));
    }

    [Fact]
    public async Task A_port_that_somebody_took_meanwhile_is_waited_for()
    {
        await using var server = await Servers.StartAsync(new());
        await server.StopAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var other = new TcpListener(IPAddress.Loopback, server.Port);
        other.Start();

        var starting = server.StartAgainAsync(TestContext.Current.CancellationToken);
        while (!server.ReadLog().Contains("could not bind IPv4", StringComparison.Ordinal))
            await Task.Delay(10, TestContext.Current.CancellationToken);
        other.Stop();
        await starting;

        Assert.Equal("1", await server.Connection().AskAsync("SELECT 1"));
    }

    [Fact]
    public async Task Init_statements_run_before_the_first_connection()
    {
        await using var server = await Servers.StartAsync(new()
        {
            SuperUserPassword = "it's \\ secret",
            InitStatements =
            [
                "CREATE ROLE app LOGIN PASSWORD 'app'",
                "CREATE DATABASE app OWNER app;",
                """
                DO $$
                BEGIN

                  EXECUTE 'ALTER ROLE app CONNECTION LIMIT 7';
                END $$
                """,
            ],
        });

        Assert.Equal("app", await server.Connection().AskAsync(
            "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'app'"));
        Assert.Equal("7", await server.Connection().AskAsync("SELECT rolconnlimit FROM pg_roles WHERE rolname = 'app'"));
    }

    [Fact]
    public async Task A_wrong_init_statement_says_why()
    {
        var error = await Assert.ThrowsAsync<PostgresServerException>(
            () => Servers.StartAsync(new() { InitStatements = ["SELECT nonsense", "SELECT 1"] }));

        Assert.Contains("column \"nonsense\" does not exist", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_setting_says_why()
    {
        var error = await Assert.ThrowsAsync<PostgresServerException>(() => Servers.StartAsync(new()
        {
            Settings = new Dictionary<string, string> { ["max_wal_senders"] = "1000", ["wal_level"] = "minimal" },
        }));

        Assert.Contains("wal_level", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_and_hba_lines_take_effect_and_the_log_is_readable()
    {
        await using var server = await Servers.StartAsync(new()
        {
            Settings = new Dictionary<string, string> { ["log_statement"] = "all", ["application_name"] = @"it's a \ name" },
            HbaLines = ["host all all 127.0.0.1/32 trust"],
        });
        var anyone = server.Connection();
        anyone.Password = null;

        Assert.Equal(@"it's a \ name", await anyone.AskAsync("SELECT reset_val FROM pg_settings WHERE name = 'application_name'"));
        Assert.Contains("SELECT reset_val", server.ReadLog(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_start_at_once_on_ports_of_their_own()
    {
        var servers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Servers.StartAsync(new())));
        try
        {
            Assert.Equal(8, servers.Select(server => server.Port).Distinct().Count());
            var folders = await Task.WhenAll(servers.Select(server => server.Connection().AskAsync("SHOW data_directory")));
            Assert.Equal(servers.Select(server => server.DataFolder), folders);
        }
        finally
        {
            await Task.WhenAll(servers.Select(server => server.DisposeAsync().AsTask()));
        }
    }

    [Fact]
    public async Task Disposing_leaves_nothing()
    {
        var server = await Servers.StartAsync(new());

        await server.DisposeAsync();

        Assert.False(server.IsRunning);
        Assert.False(Directory.Exists(server.DataFolder));
        await Assert.ThrowsAsync<NpgsqlException>(() => server.Connection().AskAsync("SELECT 1"));
    }

    [Fact]
    public async Task A_cancelled_start_is_cancelled()
    {
        using var cancelled = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => PostgresServer.StartAsync(new() { IgnoreInstalled = true }, cancelled.Token));
    }
}
