using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Readiness;

namespace LangSmithPg.Core.Tests.Reports;

public sealed class FleetReportTests
{
    static ReadinessReport Asked(params string[] ids) => Samples.Ready() with
    {
        Findings = [.. ids.Select(id => new Finding { Id = id, Status = FindingStatus.Pass, Target = "", Message = id })],
    };

    [Fact]
    public void A_finding_that_few_were_asked_stands_at_its_place() => Assert.Equal(
        ["Connection", "Version", "Owner", "Extension"],
        Samples.Of(Asked("Connection"), Asked("Connection", "Version", "Extension"), Asked("Connection", "Version", "Owner", "Extension")).FindingIds);

    [Fact]
    public void What_makes_work_comes_first() => Assert.Equal(
        ["fails", "unknown", "ready", "ready too"],
        Samples.Of(
            Samples.Ready("ready"),
            Samples.Ready("unknown") with { Findings = [Samples.UnknownFinding] },
            Samples.NotReady("fails"),
            Samples.Ready("ready too")).WorstFirst.Select(database => database.Target));

    [Theory]
    [InlineData(1, 0, "The database is ready")]
    [InlineData(0, 1, "The database is not ready")]
    [InlineData(3, 0, "All 3 databases are ready")]
    [InlineData(2, 1, "1 of 3 databases is not ready")]
    [InlineData(1, 2, "2 of 3 databases are not ready")]
    public void The_verdict_is_a_sentence(int ready, int notReady, string verdict) => Assert.Equal(
        verdict,
        Samples.Of([.. Enumerable.Range(0, ready).Select(_ => Samples.Ready()), .. Enumerable.Range(0, notReady).Select(_ => Samples.NotReady())]).Verdict);

    [Fact]
    public void A_check_that_could_not_be_completed_has_no_verdict() => Assert.Equal(
        "Whether the database is ready is not known",
        Samples.Of(Samples.Ready() with { Findings = [Samples.UnknownFinding with { Id = "Connection" }] }).Verdict);

    [Fact]
    public void A_database_of_which_nothing_is_known_is_not_ready()
    {
        var database = Samples.Ready() with { Findings = [] };
        Assert.False(database.IsReady);
        Assert.Equal(FindingStatus.Unknown, database.Status);
    }

    [Fact]
    public void A_fix_is_told_once()
    {
        var database = Samples.NotReady();
        Assert.Equal("Extension.citext", database.Findings.Single(finding => finding.Id == "Extension.ltree").CausedBy);
        Assert.Null(database.Findings.Single(finding => finding.Id == "Extension.citext").CausedBy);
        Assert.Null(database.Findings.Single(finding => finding.Id == "Connection").CausedBy);
    }
}
