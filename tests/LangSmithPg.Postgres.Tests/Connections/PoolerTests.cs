using LangSmithPg.Sandbox.PgBouncer;
using LangSmithPg.Servers;

namespace LangSmithPg.Postgres.Tests.Connections;

/// <summary>A look through pgbouncer.</summary>
public sealed class PoolerTests(SharedServers servers)
{
    [Theory]
    [InlineData(PoolMode.Session)]
    [InlineData(PoolMode.Transaction)]
    public async Task A_pooler_is_looked_through(PoolMode mode)
    {
        var server = await servers.GetAsync();
        await using var pooler = await Sandbox.Tests.Servers.StartBouncerAsync(PgBouncerServerOptions.For(server) with { PoolMode = mode });

        var facts = await (server.Parts() with { Port = pooler.Port }).FactsAsync();

        Assert.Equal(server.Port, facts.Server.Port);
        Assert.Equal(["pg_catalog", "public"], facts.SearchPath);
    }

    [Fact]
    public async Task What_a_look_sets_does_not_stay_in_the_pool()
    {
        var server = await servers.GetAsync();
        await using var pooler = await Sandbox.Tests.Servers.StartBouncerAsync(PgBouncerServerOptions.For(server));
        await (server.Parts() with { Port = pooler.Port }).FactsAsync();

        var next = server.Connection();
        next.Port = pooler.Port;

        Assert.Equal("\"$user\", public|0|", await next.AskAsync(
            "SELECT concat_ws('|', current_setting('search_path'), current_setting('statement_timeout'), current_setting('langsmithpg.search_path', true))"));
    }

    [Fact]
    public async Task A_startup_parameter_that_the_pooler_refuses()
    {
        var server = await servers.GetAsync();
        await using var pooler = await Sandbox.Tests.Servers.StartBouncerAsync(PgBouncerServerOptions.For(server));

        var failure = await (server.Parts() with { Port = pooler.Port }).With("options", "-c lock_timeout=5s")
            .FailAsync(ConnectionFailureKind.PoolerRefusedParameter);

        Assert.Contains("ignore_startup_parameters", failure.Fix.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("admin_users")]
    [InlineData("stats_users")]
    [InlineData(null)]
    public async Task The_poolers_own_database_is_no_database(string? power)
    {
        var server = await servers.GetAsync();
        var settings = power is null ? [] : new Dictionary<string, string> { [power] = server.SuperUserName };
        await using var pooler = await Sandbox.Tests.Servers.StartBouncerAsync(PgBouncerServerOptions.For(server) with { Settings = settings });

        var failure = await (server.Parts() with { Port = pooler.Port, Database = "pgbouncer" })
            .FailAsync(ConnectionFailureKind.UnsupportedServer);

        Assert.Contains("Specify the database", failure.Fix.Text, StringComparison.Ordinal);
    }
}
