using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Iam;
using LangSmithPg.Postgres.Servers;
using LangSmithPg.Servers;

namespace LangSmithPg.Postgres.Tests.Connections;

/// <summary>A token, which opens more than one server, does not travel without encryption.</summary>
public sealed class TokenTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(SslMode.Disable)]
    [InlineData(SslMode.Allow)]
    [InlineData(SslMode.Prefer)]
    public async Task A_token_is_not_sent_where_there_may_be_no_TLS(SslMode? mode)
    {
        await using var server = new Stranger(Protocol.AskForPassword);
        var parts = server.Parts with { SslMode = mode };

        var failure = await parts.FailAsync(ConnectionFailureKind.TokenWithoutTls, new() { AccessToken = Secret.From("a-token") });

        Assert.Contains("verify-full", failure.Fix.Text, StringComparison.Ordinal);
        Assert.False(failure.WasReached);
        Assert.Equal(0, server.Accepted);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_token_is_sent_over_TLS(bool acquired)
    {
        await using var server = new Stranger(Protocol.AskForPassword, tls: true);
        var parts = server.Parts with { SslMode = SslMode.Require };
        SessionOptions options = acquired
            ? new() { AcquireToken = static (_, _) => Task.FromResult(new AccessToken(IamAuthProvider.Aws, Secret.From("a-token")!, DateTimeOffset.MaxValue, "test")), Timeout = TimeSpan.FromSeconds(3) }
            : new() { AccessToken = Secret.From("a-token"), Timeout = TimeSpan.FromSeconds(3) };

        await (acquired ? parts with { Password = null, IamAuthProvider = IamAuthProvider.Aws } : parts).LookAsync(options);

        Assert.Equal("a-token\0", System.Text.Encoding.UTF8.GetString(server.Received[5..13]));
    }
}
