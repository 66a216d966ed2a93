using LangSmithPg.Common;
using LangSmithPg.Core.Tests.Recorded;
using LangSmithPg.Readiness;
using LangSmithPg.Servers;

namespace LangSmithPg.Core.Tests.Readiness;

public sealed class ReadinessEvaluatorTests
{
    [Fact]
    public void A_server_that_lacks_nothing_is_ready()
    {
        var report = Evaluate(RecordedFacts.Read());

        Assert.True(report.IsReady);
        Assert.DoesNotContain(report.Findings, finding => finding.Status == FindingStatus.Fail);
        Assert.Equal("Connection", report.Findings[0].Id);
        Assert.Empty(report.Fixes);
    }

    [Fact]
    public void What_several_findings_need_is_one_fix()
    {
        var report = Evaluate(RecordedFacts.Read("azure"));

        Assert.False(report.IsReady);
        Assert.Equal(5, report.Findings.Count(finding => finding.Status == FindingStatus.Fail));
        Assert.StartsWith("az postgres flexible-server parameter set", Assert.Single(report.Fixes).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_getting_in_there_is_one_finding_and_it_says_why()
    {
        var report = Evaluate(facts: null, new(ConnectionFailureKind.AuthenticationFailed, "It rejects.", "Check.", "28P01", "as it says"));

        var finding = Assert.Single(report.Findings);
        Assert.Equal((FindingStatus.Fail, "It rejects.", "28P01 as it says", "Check."), (finding.Status, finding.Message, finding.Evidence, finding.Fix));
        Assert.False(report.IsReady);
    }

    [Fact]
    public void A_report_never_shows_the_password() => Assert.Empty(Shown.By(Evaluate(RecordedFacts.Read("azure")), "pw-of-langsmith"));

    static ReadinessReport Evaluate(ServerFacts? facts, ConnectionFailure? failure = null)
    {
        var connection = LangSmithPg.Connections.PgConnectionString.Parse("langsmith:pw-of-langsmith@db.example.com/langsmith").Require();
        return ReadinessEvaluator.Evaluate(new() { Connection = connection, Host = connection.Hosts[0], Facts = facts, Failure = failure }, Inputs.Today);
    }
}
