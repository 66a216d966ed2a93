using System.Net;
using System.Net.Sockets;
using System.Text;
using LangSmithPg.Sandbox.FaultInjection;
using LangSmithPg.Servers;

namespace LangSmithPg.Postgres.Tests.Connections;

/// <summary>Something else than a server, or nothing.</summary>
public sealed class NetworkFailureTests
{
    [Fact]
    public async Task Nothing_listens()
    {
        // Taken, so that nobody else can listen there.
        using var deaf = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        deaf.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)deaf.LocalEndPoint!).Port;

        var failure = await LoopbackServer.PartsOf(port).FailAsync(ConnectionFailureKind.ConnectionRefused);

        Assert.Contains($"127.0.0.1:{port}", failure.Message, StringComparison.Ordinal);
        Assert.False(failure.WasReached);
    }

    [Fact]
    public async Task A_name_that_nobody_knows()
    {
        var failure = await (LoopbackServer.PartsOf(5432) with { HostName = "no-such-host.invalid" }).FailAsync(ConnectionFailureKind.HostNotFound);

        Assert.Contains("no-such-host.invalid", failure.Message, StringComparison.Ordinal);
        Assert.Contains("DNS", failure.Fix.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Closed_at_once()
    {
        await using var server = TarpitServer.Closing();

        await LoopbackServer.PartsOf(server.Port).FailAsync(ConnectionFailureKind.ConnectionClosed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public async Task Reset_after_some_bytes(int bytes)
    {
        await using var server = TarpitServer.ResettingAfter(bytes);

        var failure = await LoopbackServer.PartsOf(server.Port).FailAsync(ConnectionFailureKind.ConnectionClosed);

        Assert.True(failure.WasReached);
    }

    public static TheoryData<string> OtherProtocols =>
        ["HTTP/1.1 400 Bad Request\r\n\r\n", "220 mail.example.com ESMTP\r\n", "-ERR unknown command\r\n", "\0\u0001\u0002\u0003\0\0\0\0"];

    [Theory]
    [MemberData(nameof(OtherProtocols))]
    public async Task Another_protocol(string answer)
    {
        await using var server = TarpitServer.Answering(Encoding.Latin1.GetBytes(answer));

        var failure = await LoopbackServer.PartsOf(server.Port).FailAsync(ConnectionFailureKind.NotPostgreSql);

        Assert.Contains("port", failure.Fix.Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(OtherProtocols))]
    public async Task Another_protocol_without_tls_looks_like_the_start_of_a_long_message(string answer)
    {
        await using var server = TarpitServer.Answering(Encoding.Latin1.GetBytes(answer));

        await (LoopbackServer.PartsOf(server.Port) with { SslMode = LangSmithPg.Connections.SslMode.Disable }).FailAsync(
            ConnectionFailureKind.TimedOut, new() { Timeout = TimeSpan.FromSeconds(1) });
    }
}
