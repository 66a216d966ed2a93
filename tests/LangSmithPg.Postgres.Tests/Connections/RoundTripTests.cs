using System.Text.RegularExpressions;

namespace LangSmithPg.Postgres.Tests.Connections;

/// <summary>A look costs one connection and one question, whoever looks, and changes nothing.</summary>
public sealed class RoundTripTests(SharedServers servers)
{
    [Theory]
    [MemberData(nameof(Majors.All), MemberType = typeof(Majors))]
    public async Task Facts_take_one_connection_and_one_round_trip(int major)
    {
        var tenant = await Tenant.CreateAsync(await servers.GetAsync(major));
        await using var proxy = new CountingProxy(tenant.Server);

        await (tenant.Parts with { Port = proxy.Port }).FactsAsync();

        Assert.Equal((1, 1), (proxy.Connections, proxy.RoundTrips));
        Assert.Single(LogOf(tenant), line => line.Contains("connection authorized", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Facts_are_asked_in_a_read_only_transaction_with_a_time_limit()
    {
        var tenant = await Tenant.CreateAsync(await servers.GetAsync());

        await tenant.Parts.FactsAsync();

        var statements = LogOf(tenant).Where(line => line.Contains("execute", StringComparison.Ordinal)).ToList();
        Assert.EndsWith("begin transaction read only", statements[0], StringComparison.Ordinal);
        var limit = statements.FindIndex(line => Regex.IsMatch(line, @"set_config\('statement_timeout', '[0-9]+', true\)"));
        Assert.NotEqual(-1, limit);
        Assert.All(statements[1..limit], line => Assert.Matches("version\\(\\)|'statement_timeout', null, true\\), .*'langsmithpg.statement_timeout', pg_catalog.current_setting", line));
        Assert.EndsWith("commit", statements[^1], StringComparison.Ordinal);
    }

    static IEnumerable<string> LogOf(Tenant tenant) =>
        tenant.Server.ReadLog().Split('\n').Where(line => line.StartsWith($"<{tenant.Role}>", StringComparison.Ordinal));
}
