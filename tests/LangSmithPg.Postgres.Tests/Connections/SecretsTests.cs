using System.Collections;
using System.Collections.Concurrent;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Servers;

namespace LangSmithPg.Postgres.Tests.Connections;

/// <summary>Nothing that a look tells holds the password or token, even where the server says it back.</summary>
public sealed class SecretsTests(SharedServers servers)
{
    const string Token = "t0ken/with=odd&characters?:%41";

    readonly ConcurrentQueue<string> _log = [];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_that_says_the_password_back_in_its_error_is_not_repeated(bool byToken)
    {
        await using var server = new Stranger(Protocol.AskForPassword, tls: true, reply: password => Protocol.Error("28P01", $"not {password}", $"really not {password}"));

        var observation = await LookAsync(server.Parts with { SslMode = SslMode.Require }, byToken);

        Assert.Contains(Redactor.Mask, observation.AssertFailed(ConnectionFailureKind.AuthenticationFailed).Detail, StringComparison.Ordinal);
        AssertSilent(observation);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_that_says_the_password_back_as_its_version_is_not_repeated(bool byToken)
    {
        await using var server = new Stranger(
            Protocol.AskForPassword, tls: true, reply: password => [.. Protocol.Welcome, .. Protocol.Parameter("server_version", $"16.1 ({password})"), .. Protocol.ReadyForQuery]);

        AssertSilent(await LookAsync(server.Parts with { SslMode = SslMode.Require }, byToken));
    }

    [Fact]
    public async Task A_look_that_succeeds_tells_no_secret()
    {
        var tenant = await Tenant.CreateAsync(await servers.GetAsync());

        var observation = await LookAsync(tenant.Parts, byToken: false);

        Assert.NotNull(observation.Facts);
        AssertSilent(observation);
    }

    [Fact]
    public async Task A_token_is_used_in_place_of_the_password()
    {
        var server = (await servers.GetTlsAsync()).Server;
        var admin = server.Connection();
        admin.SslMode = Npgsql.SslMode.Require;
        await admin.AskAsync($"CREATE ROLE holder LOGIN PASSWORD '{Token}'");

        var observation = await LookAsync(server.Parts() with { UserName = "holder", SslMode = SslMode.Require }, byToken: true);

        Assert.Null(observation.Failure);
        AssertSilent(observation);
    }

    Task<ServerObservation> LookAsync(ConnectionParts parts, bool byToken) => parts.LookAsync(new()
    {
        AccessToken = byToken ? Secret.From(Token) : null,
        Timeout = TimeSpan.FromSeconds(5),
        Log = _log.Enqueue,
    });

    void AssertSilent(ServerObservation observation)
    {
        Assert.NotEmpty(_log);
        foreach (var text in _log.Concat(TextsOf(observation)))
        {
            Assert.DoesNotContain(Tenant.Password, text, StringComparison.Ordinal);
            Assert.DoesNotContain(Token, text, StringComparison.Ordinal);
        }
    }

    // Everything that formatting or serialising the public properties could show.
    static IEnumerable<string> TextsOf(object? value)
    {
        if (value is null)
        {
            yield break;
        }

        yield return $"{value}";
        var parts = value switch
        {
            string => [],
            IEnumerable many => many.Cast<object?>(),
            _ when value.GetType().Namespace!.StartsWith("LangSmithPg", StringComparison.Ordinal) && value is not Enum =>
                value.GetType().GetProperties().Where(property => property.GetIndexParameters().Length == 0).Select(property => property.GetValue(value)),
            _ => [],
        };
        foreach (var text in parts.SelectMany(TextsOf))
        {
            yield return text;
        }
    }
}
