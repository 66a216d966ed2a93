using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Rehearsals;
using LangSmithPg.Sandbox.FaultInjection;
using LangSmithPg.Servers;

namespace LangSmithPg.Postgres.Tests.Rehearsals;

/// <summary>A rehearsal that does not come to its end leaves as little behind as one that does.</summary>
[Collection("Quiet servers")]
public sealed class BrokenRehearsalTests(QuietServers servers)
{
    const int Points = 8;

    static readonly string[] SetUp = ["ALTER DATABASE {database} OWNER TO {role}", "CREATE TABLE old (id int)", "ALTER TABLE old OWNER TO {role}"];

    public static readonly TheoryData<string> Ends = ["cut", "cancelled", "frozen"];

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task Nothing_is_left_wherever_it_ends(string end)
    {
        var server = await servers.GetAsync();
        await using var playground = await Playground.CreateAsync(server, SetUp);
        var before = await playground.SnapshotAsync();
        await using var proxy = FaultyProxy.Start(new()
        {
            UpstreamHost = server.Host, UpstreamPort = server.Port, DelayToServer = TimeSpan.FromMilliseconds(3), DelayToClient = TimeSpan.FromMilliseconds(3),
        });
        var connection = playground.Connection("absent", proxy.Port);
        var whole = Playground.Evaluate(await ObservationExtensions.RehearseAsync(connection));
        Assert.True(whole.Findings.Count(finding => finding.Id.StartsWith("Rehearsal.", StringComparison.Ordinal) && finding.Status == FindingStatus.Pass) > 12);
        var bytes = proxy.BytesToServer;
        for (var point = 1; point <= Points; point++)
        {
            var goal = proxy.BytesToServer + (bytes * point / (Points + 1));
            using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            var running = ObservationExtensions.RehearseAsync(connection, cancellation.Token, new() { Timeout = TimeSpan.FromSeconds(end == "frozen" ? 1 : 30) });
            while (proxy.BytesToServer < goal && !running.IsCompleted)
            {
                await Task.Yield();
            }

            var isOver = running.IsCompleted;
            await EndAsync(end, proxy, cancellation);
            if (!isOver)
            {
                await AssertHonestAsync(end, running);
            }

            proxy.Thaw();
            await playground.AssertNobodyIsLeftAsync();
            Assert.Equal(before, await playground.SnapshotAsync());
        }
    }

    static async Task EndAsync(string end, FaultyProxy proxy, CancellationTokenSource cancellation)
    {
        if (end == "cancelled")
        {
            await cancellation.CancelAsync();
        }
        else if (end == "cut")
        {
            proxy.Cut();
        }
        else
        {
            proxy.Freeze();
        }
    }

    // Never a pass of what did not happen.
    static async Task AssertHonestAsync(string end, Task<(ServerObservation Observation, Rehearsal? Rehearsal)> running)
    {
        if (end == "cancelled")
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
            return;
        }

        var rehearsed = await running;
        var report = Playground.Evaluate(rehearsed);
        if (rehearsed.Observation.Failure is not null)
        {
            Assert.Equal(FindingStatus.Fail, Assert.Single(report.Findings).Status);
            return;
        }

        Assert.Contains(report.Findings, finding => finding.Id.StartsWith("Rehearsal.", StringComparison.Ordinal) && finding.Status == FindingStatus.Unknown);
        Assert.Equal(FindingStatus.Fail, report.Findings.Single(finding => finding.Id == "Rehearsal.Transaction").Status);
    }

    [Fact]
    public async Task The_time_limit_is_kept_without_losing_the_facts()
    {
        await using var playground = await Playground.CreateAsync(await servers.GetAsync(), SetUp);
        // It waits two seconds for each, and the limit is over in the middle.
        await playground.DoAsync($"BEGIN; {string.Join("; ", Requirements.Extensions.Select(name => $"CREATE EXTENSION {name}"))}");
        var report = Playground.Evaluate(await ObservationExtensions.RehearseAsync(playground.Connection(), options: new() { Timeout = TimeSpan.FromSeconds(7) }));
        await playground.DoAsync("ROLLBACK");
        Assert.NotNull(report.Facts);
        Assert.Equal(FindingStatus.Unknown, Assert.Single(report.Findings, finding => finding.Id == "Rehearsal.Extension.btree_gin").Status);
        Assert.Equal(FindingStatus.Unknown, Assert.Single(report.Findings, finding => finding.Id == "Rehearsal.Table").Status);
        await playground.AssertNobodyIsLeftAsync();
    }

    [Fact]
    public async Task Nothing_is_tried_where_transactions_are_read_only()
    {
        await using var playground = await Playground.CreateAsync(
            await servers.GetAsync(), [.. SetUp, "ALTER ROLE {role} SET default_transaction_read_only = on"]);
        var finding = Assert.Single((await playground.ReportAsync()).Findings, one => one.Id.StartsWith("Rehearsal.", StringComparison.Ordinal));
        Assert.Equal(FindingStatus.Fail, finding.Status);
        Assert.Equal("default_transaction_read_only = on", finding.Evidence);
        await playground.DoAsync(finding.Fix!.Text);
        Assert.True((await playground.ReportAsync()).IsReady);
    }
}
