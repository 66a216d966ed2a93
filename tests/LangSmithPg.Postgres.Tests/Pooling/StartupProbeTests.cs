using System.Security.Authentication;
using LangSmithPg.Connections;
using LangSmithPg.Postgres.Pooling;

namespace LangSmithPg.Postgres.Tests.Pooling;

/// <summary>The probe of poolers tells nobody more than the login does.</summary>
public sealed class StartupProbeTests
{
    [Theory]
    [InlineData(SslMode.Require, false, false)]
    [InlineData(SslMode.VerifyFull, false, false)]
    [InlineData(SslMode.VerifyFull, true, false)]
    [InlineData(null, true, false)]
    [InlineData(SslMode.Prefer, false, true)]
    [InlineData(SslMode.Disable, false, true)]
    [InlineData(null, false, true)]
    public async Task Without_TLS_it_goes_on_where_the_connection_may(SslMode? mode, bool system, bool goesOn)
    {
        await using var server = new Stranger(Protocol.AskForPassword);
        var connection = PgConnectionString.FromParts(server.Parts with { SslMode = mode, UseSystemRootCertificate = system }).Require();

        var error = await Record.ExceptionAsync(() => StartupProbe.RunAsync(connection, connection.Hosts[0], new(), TestContext.Current.CancellationToken));

        Assert.Equal(goesOn, error is null);
        Assert.Equal(goesOn, server.Startups.Length > 0);
    }

    [Fact]
    public async Task With_direct_TLS_nothing_is_said_before_it()
    {
        var first = new TaskCompletionSource<byte>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new LoopbackServer(async (stream, cancellationToken) =>
        {
            var buffer = new byte[1];
            await stream.ReadExactlyAsync(buffer, cancellationToken);
            first.TrySetResult(buffer[0]);
        });
        var connection = PgConnectionString.FromParts((server.Parts with { SslMode = SslMode.Require }).With("sslnegotiation", "direct")).Require();

        var error = await Record.ExceptionAsync(() => StartupProbe.RunAsync(connection, connection.Hosts[0], new(), TestContext.Current.CancellationToken));

        Assert.True(error is IOException or AuthenticationException);
        // A record of TLS that holds a handshake.
        Assert.Equal(22, await first.Task);
    }
}
