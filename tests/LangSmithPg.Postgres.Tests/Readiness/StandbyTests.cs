using LangSmithPg.Common;
using LangSmithPg.Servers;

namespace LangSmithPg.Postgres.Tests.Readiness;

/// <summary>A server that follows another: it takes no writes, and perhaps no connections.</summary>
public sealed class StandbyTests
{
    [Fact]
    public async Task A_standby_that_can_be_read_fails_and_says_where_to_go()
    {
        await using var server = await StandbyServer.StartAsync();

        var report = (await server.Parts().RehearseAsync()).Evaluate(new(2026, 1, 1));

        var finding = report.Findings.Single(finding => finding.Id == "Server.Writable");
        Assert.Equal(FindingStatus.Fail, finding.Status);
        Assert.Contains("primary", finding.Fix?.Text, StringComparison.Ordinal);
        var rehearsal = report.Findings.Single(finding => finding.Id.StartsWith("Rehearsal.", StringComparison.Ordinal));
        Assert.Equal(FindingStatus.Fail, rehearsal.Status);
    }

    [Fact]
    public async Task A_server_that_does_not_take_connections_yet()
    {
        await using var server = await StandbyServer.StartAsync(hotStandby: "off");

        var failure = await server.Parts().FailAsync(ConnectionFailureKind.NotAcceptingConnections);

        Assert.Equal("57P03", failure.SqlState);
    }
}
