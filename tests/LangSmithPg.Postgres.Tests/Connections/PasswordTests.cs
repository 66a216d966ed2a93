using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Postgres.Servers;
using LangSmithPg.Postgres.Tests.Tls;
using LangSmithPg.Sandbox.Postgres;
using LangSmithPg.Servers;
using LangSmithPg.Sql;

namespace LangSmithPg.Postgres.Tests.Connections;

/// <summary>With a password with which libpq logs in, a look does.</summary>
public sealed class PasswordTests(SharedServers servers)
{
    static readonly string[] Passwords =
    [
        "a'b\"c %25", "p\u00E4ss", "soft\u00ADhyphen", "zero\u200Bwidth", "join\u200Ded", "\uFEFFmark", "\u00B5\u00BD\uFB01", "\u212B", "e\u0301", "\u0627\u0031",
        "x\u0001\u00E9", "\u023B\u00E9", "a\u00A0b",
    ];

    [Theory]
    [InlineData("scram-sha-256")]
    [InlineData("md5")]
    [InlineData("password")]
    public async Task A_password_that_libpq_logs_in_with(string method)
    {
        await using var server = await Sandbox.Tests.Servers.StartAsync(new() { HbaLines = [$"host all all 127.0.0.1/32 {method}"] });
        var libpq = await Libpq.LoadAsync();
        foreach (var password in Passwords)
        {
            var connection = PgConnectionString.FromParts(await RoleAsync(server, method == "md5" ? method : "scram-sha-256", password)).Require();
            Assert.Null(libpq.Connect(connection.ToPlainText("postgresql")).Error);

            var observation = await ServerSession.ConnectAsync(connection, new(), TestContext.Current.CancellationToken);

            Assert.True(observation.Failure is null, $"{string.Join(' ', password.Select(one => $"{(int)one:X4}"))}: {observation.Failure}");
        }
    }

    [Fact]
    public async Task A_password_of_which_the_driver_here_makes_another_is_told_as_such()
    {
        var parts = await RoleAsync(await servers.GetAsync(), "scram-sha-256", "\uFB01\u0001");

        var failure = await parts.FailAsync(ConnectionFailureKind.PasswordNotSupported);

        Assert.Contains("ASCII", failure.Fix.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_that_is_wrong_is_wrong_once()
    {
        var parts = await RoleAsync(await servers.GetAsync(), "scram-sha-256", "soft\u00ADhyphen");

        await (parts with { Password = Secret.From("other\u00ADhyphen") }).FailAsync(ConnectionFailureKind.AuthenticationFailed);
    }

    static async Task<ConnectionParts> RoleAsync(PostgresServer server, string method, string password)
    {
        var tenant = await Tenant.CreateAsync(server);
        await tenant.AskAsync($"SET password_encryption = '{method}'; ALTER ROLE {tenant.QuotedRole} PASSWORD {SqlLiteral.Quote(password)}");
        return tenant.Parts with { Password = Secret.From(password) };
    }
}
