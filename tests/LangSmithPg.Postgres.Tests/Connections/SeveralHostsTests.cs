using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Sandbox.FaultInjection;
using LangSmithPg.Servers;

namespace LangSmithPg.Postgres.Tests.Connections;

/// <summary>As libpq: the next host is tried when one cannot be reached, not when it says no.</summary>
public sealed class SeveralHostsTests(SharedServers servers)
{
    [Fact]
    public async Task A_dead_host_is_passed_over()
    {
        var server = await servers.GetAsync();
        await using var closing = TarpitServer.Closing();

        var observation = await ConnectionTo(server.Parts(), closing.Port, server.Port).LookAsync();

        Assert.Null(observation.Failure);
        Assert.Equal(new PgHost(server.Host, server.Port), observation.Host);
        Assert.Equal(server.Port, observation.Facts!.Server.Port);
    }

    [Fact]
    public async Task A_silent_host_leaves_time_for_the_next()
    {
        var server = await servers.GetAsync();
        await using var silent = TarpitServer.Silent();

        var observation = await ConnectionTo(server.Parts(), silent.Port, server.Port).LookAsync(new() { Timeout = TimeSpan.FromSeconds(10) });

        Assert.Null(observation.Failure);
        Assert.Equal(server.Port, observation.Host.Port);
    }

    [Fact]
    public async Task A_wrong_password_is_not_tried_on_the_next_host()
    {
        var server = await servers.GetAsync();
        await using var next = FaultyProxy.Start(new() { UpstreamHost = server.Host, UpstreamPort = server.Port });

        var observation = await ConnectionTo(server.Parts() with { Password = Secret.From("wrong") }, server.Port, next.Port).LookAsync();

        observation.AssertFailed(ConnectionFailureKind.AuthenticationFailed);
        Assert.Equal(0, next.Accepted);
    }

    [Fact]
    public async Task The_last_host_tells_why_when_all_are_dead()
    {
        await using var first = TarpitServer.Closing();
        await using var last = TarpitServer.ResettingAfter(1);

        var observation = await ConnectionTo(LoopbackServer.PartsOf(1), first.Port, last.Port).LookAsync();

        observation.AssertFailed(ConnectionFailureKind.ConnectionClosed);
        Assert.Equal(last.Port, observation.Host.Port);
        Assert.Equal((1, 1), (first.Accepted, last.Accepted));
    }

    static PgConnectionString ConnectionTo(ConnectionParts parts, params int[] ports)
    {
        var hosts = string.Join(',', ports.Select(port => $"127.0.0.1:{port}"));
        return PgConnectionString.Parse($"{parts.UserName}:{parts.Password!.Reveal()}@{hosts}/{parts.Database}").Require();
    }
}
