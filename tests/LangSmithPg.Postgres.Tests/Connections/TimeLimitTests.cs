using System.Diagnostics;
using LangSmithPg.Connections;
using LangSmithPg.Postgres.Connections;
using LangSmithPg.Postgres.Servers;
using LangSmithPg.Sandbox.FaultInjection;
using LangSmithPg.Servers;
using Npgsql;

namespace LangSmithPg.Postgres.Tests.Connections;

/// <summary>Whatever a server does or does not do, a look ends in time, and leaves nothing open.</summary>
public sealed class TimeLimitTests(SharedServers servers)
{
    // A busy machine may take seconds to notice that a limit is over, or that it is to stop. What does neither takes longer than that.
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);
    static readonly TimeSpan LimitWithFacts = TimeSpan.FromSeconds(10);
    static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    static readonly TimeSpan Late = TimeSpan.FromMinutes(2);

    static readonly byte[] TlsRefused = "N"u8.ToArray();
    static readonly byte[] TlsAgreed = "S"u8.ToArray();

    public static TheoryData<string> Hangs => ["silent", "agrees to TLS and stalls", "refuses TLS and stalls", "stalls in the login"];

    [Theory]
    [MemberData(nameof(Hangs))]
    public async Task A_server_that_hangs_is_given_up(string how)
    {
        await using var server = new HangingServer(AnswersOf(how));
        var clock = Stopwatch.StartNew();

        var failure = await server.Parts.FailAsync(ConnectionFailureKind.TimedOut, new() { Timeout = Limit });

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Soon);
        Assert.Contains("-TimeoutSeconds", failure.Fix.Text, StringComparison.Ordinal);
        await server.AssertClientsLeaveAsync();
    }

    [Fact]
    public async Task A_server_that_floods_a_login_with_TLS_is_hung_up_on()
    {
        await using var server = new Stranger(Protocol.Welcome, tls: true) { Flood = Protocol.Parameter("x", new('y', 4000)) };

        await (server.Parts with { SslMode = LangSmithPg.Connections.SslMode.Require }).FailAsync(ConnectionFailureKind.TimedOut, new() { Timeout = Limit });

        await server.Left.WaitAsync(Soon, TestContext.Current.CancellationToken);
    }

    [Theory]
    [MemberData(nameof(Hangs))]
    public async Task A_login_that_its_caller_gives_up_is_left_long_before_its_own_limit(string how)
    {
        await using var server = new HangingServer(AnswersOf(how));
        var connection = PgConnectionString.FromParts(server.Parts).Require();
        using var giveUp = new CancellationTokenSource(Limit);
        var clock = Stopwatch.StartNew();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Login.OpenAsync(connection, connection.Hosts[0], TlsTrust.For(connection, new()), Late, searchPath: null, giveUp.Token));

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Soon);
    }

    [Theory]
    [MemberData(nameof(Hangs))]
    public async Task A_cancellation_ends_a_hang(string how)
    {
        await using var server = new HangingServer(AnswersOf(how));

        // The caller is free at once; what it leaves behind goes when the limit is over.
        await AssertCancelsAsync(server.Parts, server.Hanging, 3 * Limit);

        await server.AssertClientsLeaveAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_network_that_freezes_in_the_middle_of_the_facts_is_given_up(bool cancel)
    {
        var tenant = await Tenant.CreateAsync(await servers.GetAsync());
        await using var blocker = await BlockFactsAsync(tenant);
        await using var proxy = FaultyProxy.Start(new() { UpstreamHost = tenant.Server.Host, UpstreamPort = tenant.Server.Port });
        var frozen = FreezeAsync();
        var clock = Stopwatch.StartNew();
        var parts = tenant.Parts with { Port = proxy.Port };

        if (cancel)
        {
            await AssertCancelsAsync(parts, frozen);
        }
        else
        {
            await parts.FailAsync(ConnectionFailureKind.TimedOut, new() { Timeout = LimitWithFacts });
            Assert.InRange(clock.Elapsed, TimeSpan.Zero, Soon);
        }

        await frozen;
        proxy.Cut();
        await blocker.DisposeAsync();
        await tenant.AssertNobodyIsLeftAsync();

        async Task FreezeAsync()
        {
            await WaitForBlockedFactsAsync(tenant);
            proxy.Freeze();
        }
    }

    [Fact]
    public async Task A_connection_that_is_cut_in_the_middle_of_the_facts_is_closed()
    {
        var tenant = await Tenant.CreateAsync(await servers.GetAsync());
        await using var blocker = await BlockFactsAsync(tenant);
        await using var proxy = FaultyProxy.Start(new() { UpstreamHost = tenant.Server.Host, UpstreamPort = tenant.Server.Port });
        var failing = (tenant.Parts with { Port = proxy.Port }).FailAsync(ConnectionFailureKind.ConnectionClosed);

        await WaitForBlockedFactsAsync(tenant);
        proxy.Cut();

        await failing;
    }

    [Fact]
    public async Task Facts_that_wait_for_a_lock_are_given_up_by_the_server()
    {
        var tenant = await Tenant.CreateAsync(await servers.GetAsync());
        await using var blocker = await BlockFactsAsync(tenant);

        var failure = await tenant.Parts.FailAsync(ConnectionFailureKind.StatementTimedOut, new() { Timeout = LimitWithFacts });

        Assert.Equal(PostgresErrorCodes.QueryCanceled, failure.SqlState);
        Assert.Contains("lock", failure.Fix.Text, StringComparison.Ordinal);
        await tenant.AssertNobodyIsLeftAsync();
    }

    [Fact]
    public async Task A_cancellation_ends_facts_that_wait_for_a_lock_on_the_server_too()
    {
        var tenant = await Tenant.CreateAsync(await servers.GetAsync());
        await using var blocker = await BlockFactsAsync(tenant);

        await AssertCancelsAsync(tenant.Parts, WaitForBlockedFactsAsync(tenant));

        await tenant.AssertNobodyIsLeftAsync();
    }

    [Fact]
    public async Task A_server_that_shuts_down_says_so_and_then_nothing_listens()
    {
        await using var server = await Sandbox.Tests.Servers.StartAsync(new());
        var tenant = await Tenant.CreateAsync(server);
        await using var blocker = await BlockFactsAsync(tenant);
        var failing = tenant.Parts.FailAsync(ConnectionFailureKind.NotAcceptingConnections);
        await WaitForBlockedFactsAsync(tenant);

        await server.StopAsync(cancellationToken: TestContext.Current.CancellationToken);

        await failing;
        await tenant.Parts.FailAsync(ConnectionFailureKind.ConnectionRefused);
    }

    static byte[][] AnswersOf(string how) => how switch
    {
        "silent" => [],
        "agrees to TLS and stalls" => [TlsAgreed],
        "refuses TLS and stalls" => [TlsRefused],
        _ => [TlsRefused, Protocol.AskForPassword],
    };

    static async Task AssertCancelsAsync(ConnectionParts parts, Task when, TimeSpan? limit = null)
    {
        using var cancelling = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var looking = ServerSession.GatherFactsAsync(PgConnectionString.FromParts(parts).Require(), new() { Timeout = limit ?? Late }, cancelling.Token);
        await await Task.WhenAny(when, looking);
        var clock = Stopwatch.StartNew();

        cancelling.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => looking);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Soon);
    }

    // Nothing that a login needs, but the facts do.
    static async Task<NpgsqlConnection> BlockFactsAsync(Tenant tenant)
    {
        var blocker = await tenant.OpenAsync();
        await using var command = new NpgsqlCommand("BEGIN; LOCK TABLE pg_extension IN ACCESS EXCLUSIVE MODE", blocker);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return blocker;
    }

    static Task WaitForBlockedFactsAsync(Tenant tenant) => tenant.WaitForAsync("wait_event_type = 'Lock'", expected: 1);
}
