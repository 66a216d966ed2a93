namespace LangSmithPg.Postgres.Tests.Rehearsals;

/// <summary>A rehearsal whose client vanishes without a word must not keep its locks.</summary>
public sealed class RehearsalLimitsTests(SharedServers servers)
{
    [Fact]
    public async Task The_server_itself_limits_locks_and_idleness()
    {
        var tenant = await Tenant.CreateAsync(await servers.GetAsync());

        await tenant.Parts.RehearseAsync();

        var log = tenant.Server.ReadLog().Split('\n').Where(line => line.Contains($"<{tenant.Role}>", StringComparison.Ordinal)).ToList();
        Assert.Contains(log, line => line.Contains("set local lock_timeout = 2000", StringComparison.Ordinal));
        Assert.Contains(log, line => line.Contains("set local idle_in_transaction_session_timeout = 10000", StringComparison.Ordinal));
    }
}
