using System.Collections.Concurrent;
using LangSmithPg.Connections;
using LangSmithPg.Postgres.Servers;
using LangSmithPg.Servers;

namespace LangSmithPg.Postgres.Tests.Connections;

/// <summary>A server says what it likes; it does not reach the admin's terminal through it.</summary>
public sealed class HostileServerTests
{
    const string Steering = "\u001b[2J\u001b]0;owned\u0007\r\u009b31m";

    readonly ConcurrentQueue<string> _log = [];

    [Fact]
    public async Task What_an_error_says_is_shown_with_its_signs()
    {
        await using var server = new HangingServer(Protocol.Error($"X{Steering}", $"no{Steering}", ""));

        var failure = (await LookAsync(server)).AssertFailed(ConnectionFailureKind.Other);

        Assert.Equal("no␛[2J␛]0;owned␇␍⟨U+009B⟩31m", failure.Detail);
        AssertHarmless(failure.SqlState, failure.Message, failure.Fix.Text);
    }

    [Fact]
    public async Task What_it_calls_its_version_is_shown_with_its_signs()
    {
        await using var server = new HangingServer([.. Protocol.Welcome, .. Protocol.Parameter("server_version", $"16.1{Steering}"), .. Protocol.ReadyForQuery]);

        var observation = await LookAsync(server);

        AssertHarmless(observation.ServerVersion, observation.Failure?.Detail);
    }

    Task<ServerObservation> LookAsync(HangingServer server) => ServerSession.ConnectAsync(
        PgConnectionString.FromParts(server.Parts with { SslMode = SslMode.Disable }).Require(), new() { Log = _log.Enqueue }, TestContext.Current.CancellationToken);

    void AssertHarmless(params IEnumerable<string?> shown) => Assert.All(_log.Concat(shown.OfType<string>()), text => Assert.DoesNotContain(text, char.IsControl));
}
