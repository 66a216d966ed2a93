using System.Net.Sockets;
using LangSmithPg.Sandbox.FaultInjection;

namespace LangSmithPg.Sandbox.Tests.FaultInjection;

public sealed class TarpitServerTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Silent_accepts_and_never_answers()
    {
        await using var server = TarpitServer.Silent();
        using var client = await ConnectAsync(server);
        await client.SendAsync(new byte[100], Cancellation);

        await AssertHangsAsync(client);
        while (server.Accepted == 0)
            await Task.Delay(10, Cancellation);
        Assert.Equal(1, server.Accepted);
    }

    [Fact]
    public async Task Closing_ends_the_connection()
    {
        await using var server = TarpitServer.Closing();
        using var client = await ConnectAsync(server);

        Assert.Equal(0, await client.ReceiveAsync(new byte[1], Cancellation));
    }

    [Fact]
    public async Task Resetting_resets_after_so_many_bytes()
    {
        await using var server = TarpitServer.ResettingAfter(10);
        using var client = await ConnectAsync(server);
        await client.SendAsync(new byte[9], Cancellation);
        await AssertHangsAsync(client);

        await client.SendAsync(new byte[1], Cancellation);

        var error = await Assert.ThrowsAsync<SocketException>(async () => await client.ReceiveAsync(new byte[1], Cancellation));
        Assert.Equal(SocketError.ConnectionReset, error.SocketErrorCode);
    }

    [Fact]
    public async Task Stalling_tls_agrees_and_never_goes_on()
    {
        await using var server = TarpitServer.StallingTls();
        using var client = await ConnectAsync(server);
        await client.SendAsync(new byte[] { 0, 0, 0, 8, 4, 210, 22, 47 }, Cancellation);
        var answer = new byte[1];

        Assert.Equal(1, await client.ReceiveAsync(answer, Cancellation));
        Assert.Equal((byte)'S', answer[0]);
        await AssertHangsAsync(client);
    }

    static async Task<Socket> ConnectAsync(TarpitServer server)
    {
        var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(server.Host, server.Port, Cancellation);
        return client;
    }

    static async Task AssertHangsAsync(Socket client)
    {
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        soon.CancelAfter(100);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await client.ReceiveAsync(new byte[1], soon.Token));
    }
}
