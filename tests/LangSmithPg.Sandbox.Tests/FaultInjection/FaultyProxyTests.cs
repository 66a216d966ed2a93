using System.Diagnostics;
using LangSmithPg.Sandbox.FaultInjection;
using LangSmithPg.Sandbox.Postgres;
using Npgsql;

namespace LangSmithPg.Sandbox.Tests.FaultInjection;

public sealed class FaultyProxyTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_round_trip_takes_the_delay_of_both_directions()
    {
        await using var server = await Servers.StartAsync(new());
        await using var proxy = Start(server, TimeSpan.FromMilliseconds(30), TimeSpan.FromMilliseconds(20));
        await using var connection = await OpenAsync(proxy, server);

        var watch = Stopwatch.StartNew();
        await AskAsync(connection, "SELECT 1");

        Assert.InRange(watch.ElapsedMilliseconds, 50, long.MaxValue);
        Assert.True(proxy.BytesToServer > 0 && proxy.BytesToClient > 0);
    }

    [Fact]
    public async Task A_delay_costs_no_throughput()
    {
        await using var server = await Servers.StartAsync(new());
        await using var proxy = Start(server, TimeSpan.Zero, TimeSpan.FromMilliseconds(200));
        await using var connection = await OpenAsync(proxy, server);

        var watch = Stopwatch.StartNew();
        Assert.Equal(10_000_000, (await AskAsync(connection, "SELECT repeat('x', 10000000)")).Length);

        // Piece by piece it would be half a minute.
        Assert.InRange(watch.ElapsedMilliseconds, 200, 15_000);
    }

    [Fact]
    public async Task A_frozen_connection_goes_on_after_the_thaw()
    {
        await using var server = await Servers.StartAsync(new());
        await using var proxy = Start(server);
        await using var connection = await OpenAsync(proxy, server);

        proxy.Freeze();
        var answer = AskAsync(connection, "SELECT 42");
        await Assert.ThrowsAsync<TimeoutException>(() => answer.WaitAsync(TimeSpan.FromMilliseconds(200), Cancellation));
        proxy.Thaw();

        Assert.Equal("42", await answer);
    }

    [Fact]
    public async Task A_cut_connection_fails_and_a_new_one_works()
    {
        await using var server = await Servers.StartAsync(new());
        await using var proxy = Start(server);
        await using var connection = await OpenAsync(proxy, server);
        var answer = AskAsync(connection, "SELECT pg_sleep(60)");

        proxy.Cut();

        await Assert.ThrowsAsync<NpgsqlException>(() => answer);
        await using var next = await OpenAsync(proxy, server);
        Assert.Equal("1", await AskAsync(next, "SELECT 1"));
    }

    static FaultyProxy Start(PostgresServer server, TimeSpan toServer = default, TimeSpan toClient = default) => FaultyProxy.Start(new()
    {
        UpstreamHost = server.Host,
        UpstreamPort = server.Port,
        DelayToServer = toServer,
        DelayToClient = toClient,
    });

    static async Task<NpgsqlConnection> OpenAsync(FaultyProxy proxy, PostgresServer server)
    {
        var through = server.Connection();
        through.Port = proxy.Port;
        var connection = new NpgsqlConnection(through.ConnectionString);
        await connection.OpenAsync(Cancellation);
        return connection;
    }

    static async Task<string> AskAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return $"{await command.ExecuteScalarAsync(Cancellation)}";
    }
}
