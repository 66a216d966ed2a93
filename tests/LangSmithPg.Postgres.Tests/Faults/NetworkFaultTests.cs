using System.Net;
using System.Net.Sockets;
using LangSmithPg.Connections;
using LangSmithPg.Postgres.Tls;
using LangSmithPg.Sandbox.FaultInjection;
using LangSmithPg.Servers;

namespace LangSmithPg.Postgres.Tests.Faults;

/// <summary>The fault matrix, network: what is slow, half there, or reached in one way alone.</summary>
public sealed class NetworkFaultTests(SharedServers servers)
{
    // The network card that has no other: where nothing is listened to it says so at once.
    const string Local = "localhost";

    static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(40, 0)]
    [InlineData(0, 40)]
    public async Task A_slow_way_in_either_direction_is_waited_for(int toServer, int toClient)
    {
        var server = await servers.GetAsync();
        await using var proxy = FaultyProxy.Start(new()
        {
            UpstreamHost = server.Host, UpstreamPort = server.Port,
            DelayToServer = TimeSpan.FromMilliseconds(toServer), DelayToClient = TimeSpan.FromMilliseconds(toClient),
        });

        var observation = await (server.Parts() with { Port = proxy.Port }).LookAsync();

        Assert.Null(observation.Failure);
        Assert.NotNull(observation.Facts);
    }

    [Fact]
    public async Task A_way_that_is_slower_than_the_time_limit()
    {
        var server = await servers.GetAsync();
        await using var proxy = FaultyProxy.Start(new() { UpstreamHost = server.Host, UpstreamPort = server.Port, DelayToClient = 4 * Limit });

        await (server.Parts() with { Port = proxy.Port }).FailAsync(ConnectionFailureKind.TimedOut, new() { Timeout = Limit });
    }

    // handshake_failure, protocol_version, internal_error, unrecognized_name. Source: RFC 8446, section 6.2.
    [Theory]
    [InlineData(40)]
    [InlineData(70)]
    [InlineData(80)]
    [InlineData(112)]
    public async Task An_alert_in_the_middle_of_the_TLS_handshake(byte alert)
    {
        await using var server = new LoopbackServer(async (stream, cancellationToken) =>
        {
            var buffer = new byte[4096];
            await stream.ReadAtLeastAsync(buffer, 8, cancellationToken: cancellationToken);
            await stream.WriteAsync("S"u8.ToArray(), cancellationToken);
            await stream.ReadAtLeastAsync(buffer, 1, cancellationToken: cancellationToken);
            await stream.WriteAsync(new byte[] { 21, 3, 3, 0, 2, 2, alert }, cancellationToken);
        });

        var failure = await (server.Parts with { SslMode = SslMode.Require }).FailAsync(ConnectionFailureKind.TlsHandshakeFailed);
        Assert.NotNull(failure.Detail);

        var certificate = await CertificateProbe.RunAsync([new("127.0.0.1", server.Parts.Port)], direct: false, authorities: null, 10 * Limit, Cancellation);
        Assert.Equal(ConnectionFailureKind.TlsHandshakeFailed, certificate.Failure!.Kind);
    }

    [Fact]
    public async Task A_connection_that_ends_at_any_byte_while_the_certificate_is_looked_at()
    {
        var server = (await servers.GetTlsAsync()).Server;
        long length;
        await using (var whole = FaultyProxy.Start(new() { UpstreamHost = server.Host, UpstreamPort = server.Port }))
        {
            Assert.Null((await LookAsync(whole)).Failure);
            length = whole.BytesToClient;
        }

        // The login's own test goes through every byte; the code here is another.
        for (var after = 0; after < length - 300; after += 29)
        {
            var kind = (ProxyBreakKind)(after % 2);
            await using var proxy = FaultyProxy.Start(new() { UpstreamHost = server.Host, UpstreamPort = server.Port, Break = new(kind, after, OfServer: true) });
            var failure = (await LookAsync(proxy)).Failure;
            Assert.True(proxy.Broken == 0 == failure is null, $"{kind} after {after} bytes: {failure}");
            Assert.True(failure is null or { Kind: ConnectionFailureKind.ConnectionClosed }, $"{kind} after {after} bytes: {failure}");
        }

        static Task<CertificateObservation> LookAsync(FaultyProxy proxy) =>
            CertificateProbe.RunAsync([new(proxy.Host, proxy.Port)], direct: false, authorities: null, 30 * Limit, Cancellation);
    }

    [Theory]
    [InlineData("::1")]
    [InlineData(Local)]
    public async Task A_server_that_has_IPv6_alone(string host)
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6 && await HasLoopbackAsync(IPAddress.IPv6Loopback), "This machine has no IPv6.");
        await using var server = await Sandbox.Tests.Servers.StartAsync(new() { Settings = new Dictionary<string, string> { ["listen_addresses"] = "::1" } });
        Assert.SkipUnless(host == "::1" || (await Dns.GetHostAddressesAsync(host, Cancellation)).Contains(IPAddress.IPv6Loopback), $"{host} has no IPv6 address here.");
        var parts = server.Parts() with { HostName = host };

        var facts = await parts.FactsAsync();

        Assert.Equal("::1", facts.Server.Address);
        await server.Parts().FailAsync(ConnectionFailureKind.ConnectionRefused);
        Assert.Null((await PgConnectionString.Parse(PgConnectionString.FromParts(parts).Require().ToPlainText()).Require().LookAsync()).Failure);
    }

    [Fact]
    public async Task A_name_of_several_addresses_of_which_one_answers()
    {
        // ::1 and 127.0.0.1 on most machines; the server has the second alone.
        var server = await servers.GetAsync();

        var observation = await (server.Parts() with { HostName = Local }).LookAsync();

        Assert.Null(observation.Failure);
    }

    // A label of more than 63 letters, and what no DNS server may know. Source: RFC 1035, section 2.3.4; RFC 6761, section 6.4.
    [Theory]
    [InlineData("no-such-host.invalid")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example")]
    public async Task A_name_that_does_not_resolve(string host)
    {
        var failure = await (LoopbackServer.PartsOf(5432) with { HostName = host }).FailAsync(ConnectionFailureKind.HostNotFound);
        Assert.Contains(host, failure.Message, StringComparison.Ordinal);

        var certificate = await CertificateProbe.RunAsync([new(host, 5432)], direct: false, authorities: null, 30 * Limit, Cancellation);
        Assert.Equal(ConnectionFailureKind.HostNotFound, certificate.Failure!.Kind);
    }

    static async Task<bool> HasLoopbackAsync(IPAddress address)
    {
        using var listener = new TcpListener(address, 0);
        try
        {
            listener.Start();
            using var client = new TcpClient(address.AddressFamily);
            await client.ConnectAsync(address, ((IPEndPoint)listener.LocalEndpoint).Port, Cancellation);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
