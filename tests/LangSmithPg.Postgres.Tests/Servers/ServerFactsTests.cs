using System.Globalization;
using LangSmithPg.Clouds;

namespace LangSmithPg.Postgres.Tests.Servers;

public sealed class ServerFactsTests(SharedServers servers)
{
    [Theory]
    [MemberData(nameof(Majors.All), MemberType = typeof(Majors))]
    public async Task The_server_is_what_it_says_it_is(int major)
    {
        var tenant = await Tenant.CreateAsync(await servers.GetAsync(major));

        var observation = await tenant.Parts.LookAsync();

        var facts = observation.Facts!;
        Assert.Equal(major, facts.Server.Major);
        Assert.Equal(tenant.Server.Version, facts.Server.ShortVersion);
        Assert.Equal(tenant.Server.Version, observation.ServerVersion);
        Assert.Equal(await tenant.AskAsync("SELECT version()"), facts.Server.Version);
        Assert.Equal((tenant.Server.Host, tenant.Server.Port), (facts.Server.Address, facts.Server.Port));
        Assert.False(facts.Server.InRecovery);
        Assert.False(facts.Server.ReadOnlyByDefault);
        Assert.InRange(facts.Server.Time, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(5));
        Assert.Equal(ServerProvider.Unknown, facts.Provider);
        Assert.False(facts.Tls!.Encrypted);
    }

    [Theory]
    [MemberData(nameof(Majors.All), MemberType = typeof(Majors))]
    public async Task Limits_and_settings_are_the_servers(int major)
    {
        var tenant = await Tenant.CreateAsync(await servers.GetAsync(major));

        var facts = await tenant.Parts.FactsAsync();

        Assert.Equal(await NumberAsync(tenant, "SHOW max_connections"), facts.Connections.Maximum);
        Assert.Equal(
            await NumberAsync(tenant, "SELECT sum(setting::int) FROM pg_settings WHERE name ~ '^(superuser_)?reserved_connections$'"),
            facts.Connections.Reserved);
        Assert.InRange(facts.Connections.InUse, 1, facts.Connections.Maximum);
        foreach (var (name, value) in facts.Settings)
        {
            Assert.Equal(await tenant.AskAsync($"SELECT setting FROM pg_settings WHERE name = '{name}'"), value);
        }

        Assert.Equal(major >= 16, facts.Settings.ContainsKey("reserved_connections"));
        Assert.Contains("shared_buffers", facts.Settings);
    }

    [Theory]
    [MemberData(nameof(Majors.All), MemberType = typeof(Majors))]
    public async Task Timeouts_are_those_that_the_session_began_with_in_milliseconds(int major)
    {
        var tenant = await Tenant.CreateAsync(await servers.GetAsync(major));
        await tenant.AskAsync(
            $"""
            ALTER ROLE {tenant.QuotedRole} SET statement_timeout = '90s';
            ALTER ROLE {tenant.QuotedRole} SET lock_timeout = '1min';
            ALTER ROLE {tenant.QuotedRole} SET idle_in_transaction_session_timeout = '1500ms';
            """);

        var facts = await tenant.Parts.FactsAsync();

        Assert.Equal(
            ("90000", "60000", "1500"),
            (facts.Setting("statement_timeout"), facts.Setting("lock_timeout"), facts.Setting("idle_in_transaction_session_timeout")));
    }

    [Fact]
    public async Task A_database_that_is_read_only_by_default_says_so()
    {
        var tenant = await Tenant.CreateAsync(await servers.GetAsync());
        await tenant.AskAsync($"ALTER DATABASE {tenant.QuotedDatabase} SET default_transaction_read_only = on");

        Assert.True((await tenant.Parts.FactsAsync()).Server.ReadOnlyByDefault);
    }

    [Fact]
    public async Task Functions_that_a_search_path_puts_before_the_servers_own_are_never_called()
    {
        var tenant = await Tenant.CreateAsync(await servers.GetAsync());
        await tenant.AskAsync(
            $"""
            CREATE SCHEMA evil;
            CREATE FUNCTION evil.version() RETURNS text LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''called''; END';
            CREATE FUNCTION evil.pg_is_in_recovery() RETURNS boolean LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''called''; END';
            CREATE FUNCTION evil.same(name, name) RETURNS boolean LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''called''; END';
            CREATE OPERATOR evil.= (LEFTARG = name, RIGHTARG = name, FUNCTION = evil.same);
            ALTER DATABASE {tenant.QuotedDatabase} SET search_path = evil, pg_catalog;
            """);

        var facts = await (tenant.Parts with { UserName = tenant.Server.SuperUserName, Password = tenant.Server.Parts().Password }).FactsAsync();

        Assert.Equal(["evil", "pg_catalog"], facts.SearchPath);
        Assert.StartsWith("PostgreSQL ", facts.Server.Version, StringComparison.Ordinal);
    }

    static async Task<int> NumberAsync(Tenant tenant, string sql) => int.Parse(await tenant.AskAsync(sql), CultureInfo.InvariantCulture);
}
