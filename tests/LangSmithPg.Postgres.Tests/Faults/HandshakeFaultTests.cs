using System.Collections.Concurrent;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Readiness;
using LangSmithPg.Sandbox.FaultInjection;
using LangSmithPg.Sandbox.Postgres;
using LangSmithPg.Servers;

namespace LangSmithPg.Postgres.Tests.Faults;

/// <summary>
/// The fault matrix, network: a login and the facts behind it, broken off after every single byte of either side. There is one finding each
/// time, in time, and never a pass.
/// </summary>
[Collection(nameof(HandshakeFaultTests))]
public sealed class HandshakeFaultTests(SharedServers servers)
{
    // Far more than any of these takes: who runs into it hangs.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // Short, as every look that is left hanging lasts so long; long enough for a login on a busy machine.
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    const int AtATime = 6;
    const int HangingAtATime = 64;

    public static TheoryData<bool, bool, ProxyBreakKind> Cuts { get; } = new(
        from tls in new[] { false, true }
        from ofServer in new[] { false, true }
        from kind in new[] { ProxyBreakKind.Reset, ProxyBreakKind.Close }
        select (tls, ofServer, kind));

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task A_connection_that_ends_at_any_byte_of_the_login(bool tls, bool ofServer, ProxyBreakKind kind)
    {
        var (server, parts) = await GetAsync(tls);
        var length = await LengthAsync(server, parts, ofServer, facts: false);

        await BreakEverywhereAsync(server, parts, kind, ofServer, Enumerable.Range(0, (int)length), AtATime, AssertCut);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_that_ends_where_TLS_is_only_preferred(bool ofServer)
    {
        var (server, parts) = await GetAsync(tls: true);
        var length = (int)await LengthAsync(server, parts, ofServer, facts: false);

        // The same handshake, and another try without TLS.
        await BreakEverywhereAsync(
            server, parts with { SslMode = SslMode.Prefer }, ProxyBreakKind.Reset, ofServer, Enumerable.Range(0, length).Where(point => point % 17 == 0), AtATime, AssertCut);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_that_ends_in_the_middle_of_the_facts(bool ofServer)
    {
        var (server, parts) = await GetAsync(tls: false);
        var login = (int)await LengthAsync(server, parts, ofServer, facts: false);
        var length = (int)await LengthAsync(server, parts, ofServer, facts: true);
        Assert.True(length > login + 1000);

        // Ten thousand bytes of one query and one answer: each is as good as the next.
        await BreakEverywhereAsync(
            server, parts, ProxyBreakKind.Reset, ofServer, Enumerable.Range(login, length - login).Where(point => point % 37 == 0), AtATime, AssertCut);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task A_peer_that_vanishes_in_the_middle_of_the_login(bool tls, bool ofServer)
    {
        var (server, parts) = await GetAsync(tls);
        var length = (int)await LengthAsync(server, parts, ofServer, facts: false);

        // The time limit does the same at every byte.
        await BreakEverywhereAsync(
            server, parts, ProxyBreakKind.Vanish, ofServer, Enumerable.Range(0, length).Where(point => point % (length / 12) == 0), HangingAtATime,
            failure => Assert.Equal(ConnectionFailureKind.TimedOut, failure.Kind));
    }

    static void AssertCut(ConnectionFailure failure)
    {
        Assert.Equal(ConnectionFailureKind.ConnectionClosed, failure.Kind);
        Assert.True(failure.WasReached);
    }

    static async Task BreakEverywhereAsync(
        PostgresServer server, ConnectionParts parts, ProxyBreakKind kind, bool ofServer, IEnumerable<int> points, int atATime, Action<ConnectionFailure> assert)
    {
        var wrong = new ConcurrentBag<(int Point, string What)>();
        var tried = 0;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = atATime, CancellationToken = TestContext.Current.CancellationToken };
        await Parallel.ForEachAsync(points, parallel, async (point, ended) =>
        {
            Interlocked.Increment(ref tried);
            await using var proxy = FaultyProxy.Start(new()
            {
                UpstreamHost = server.Host, UpstreamPort = server.Port, Break = new(kind, point, ofServer),
            });
            try
            {
                var observation = await (parts with { Port = proxy.Port })
                    .LookAsync(new() { Timeout = kind == ProxyBreakKind.Vanish ? Limit : Patience })
                    .WaitAsync(2 * Patience, ended);
                Assert.True(proxy.Broken > 0, "The connection did not break.");
                var report = ReadinessEvaluator.Evaluate(observation, new(2026, 1, 1));
                Assert.Equal(FindingStatus.Fail, Assert.Single(report.Findings).Status);
                Assert.NotEmpty(report.Findings[0].Fix!.Text);
                assert(observation.Failure!);
            }
            catch (Exception exception)
            {
                wrong.Add((point, exception.ToString()));
            }
        });
        Assert.True(tried > 0);
        Assert.True(wrong.IsEmpty, $"{wrong.Count} of {tried} points, first: {wrong.Order().FirstOrDefault()}");
    }

    // How much that side says until the other one is in, or has the facts: its goodbye comes after.
    static async Task<long> LengthAsync(PostgresServer server, ConnectionParts parts, bool ofServer, bool facts)
    {
        await using var proxy = FaultyProxy.Start(new() { UpstreamHost = server.Host, UpstreamPort = server.Port });
        long length = 0;
        var observation = await (parts with { Port = proxy.Port }).LookAsync(new()
        {
            Log = message =>
            {
                if (message.StartsWith(facts ? "Facts gathered" : "Logged in", StringComparison.Ordinal))
                {
                    // The proxy counts what it has sent, a moment after it has arrived.
                    Thread.Sleep(100);
                    length = ofServer ? proxy.BytesToClient : proxy.BytesToServer;
                }
            },
        });
        Assert.Null(observation.Failure);
        Assert.True(length > 100);
        return length;
    }

    async Task<(PostgresServer Server, ConnectionParts Parts)> GetAsync(bool tls)
    {
        var server = tls ? (await servers.GetTlsAsync()).Server : await servers.GetAsync();
        return (server, server.Parts() with { SslMode = tls ? SslMode.Require : SslMode.Disable });
    }
}

/// <summary>Thousands of logins keep a machine busy: tests that have to be in time do not run meanwhile.</summary>
[CollectionDefinition(nameof(HandshakeFaultTests), DisableParallelization = true)]
public sealed class HandshakeFaults;
