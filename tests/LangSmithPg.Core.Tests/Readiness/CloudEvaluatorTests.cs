using LangSmithPg.Clouds;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Core.Tests.Clouds;
using LangSmithPg.Findings;
using LangSmithPg.Readiness;
using LangSmithPg.Servers;

namespace LangSmithPg.Core.Tests.Readiness;

public sealed class CloudEvaluatorTests
{
    static readonly ConnectionFailure Refused = new(ConnectionFailureKind.ConnectionRefused, "It refuses.", "Check.");

    [Fact]
    public void A_server_that_is_stopped_is_why_it_cannot_be_reached()
    {
        var report = Evaluate(ServerDescriptions.GoodAzure with { State = "Stopped" });

        Assert.Equal(("Cloud.State", 1), (Find(report, "Connection").CausedBy, report.Problems.Count));
        Assert.Equal("az postgres flexible-server start --resource-group rg1 --name pg1", Find(report, "Cloud.State").Fix?.Text);
        Assert.False(report.IsReady);
    }

    [Theory]
    [InlineData("Ready", FindingStatus.Pass)]
    [InlineData("available", FindingStatus.Pass)]
    [InlineData("RUNNABLE", FindingStatus.Pass)]
    [InlineData("Dropping", FindingStatus.Fail)]
    [InlineData("inaccessible-encryption-credentials", FindingStatus.Fail)]
    [InlineData("modifying", FindingStatus.Unknown)]
    public void A_state_is_told_as_it_is(string state, FindingStatus expected) =>
        Assert.Equal(expected, Find(Evaluate(ServerDescriptions.GoodAzure with { State = state }), "Cloud.State").Status);

    [Theory]
    [InlineData(null, "az postgres flexible-server update --resource-group rg1 --name pg1 --password-auth Enabled")]
    [InlineData(IamAuthProvider.Azure, "az postgres flexible-server update --resource-group rg1 --name pg1 --microsoft-entra-auth Enabled")]
    public void A_login_that_the_server_does_not_accept_is_why_it_fails(IamAuthProvider? iam, string fix)
    {
        var report = Evaluate(ServerDescriptions.PoorAzure, iam);

        Assert.Equal(("Cloud.Login", FindingStatus.Fail, fix), (Find(report, "Connection").CausedBy, Find(report, "Cloud.Login").Status, Find(report, "Cloud.Login").Fix?.Text));
    }

    [Fact]
    public void A_login_that_succeeded_is_not_said_to_be_impossible()
    {
        var findings = CloudEvaluator.Evaluate(Inputs.Described(ServerDescriptions.PoorAzure), ServerDescriptions.PoorAzure with { State = "Stopped" }, Inputs.Today, isConnected: true);

        Assert.DoesNotContain(findings, finding => finding.Id == "Cloud.State" || finding.Status == FindingStatus.Fail);
    }

    [Fact]
    public void What_the_description_does_not_say_has_no_finding() =>
        Assert.Equal(["Connection"], Evaluate(new(ServerProvider.Azure, "pg1")).Findings.Select(finding => finding.Id));

    [Fact]
    public void A_flag_is_set_beside_those_that_are_there_or_not_at_all()
    {
        Assert.Equal(
            "gcloud sql instances patch pg1 --database-flags=max_connections=200,cloudsql.iam_authentication=on",
            Find(Evaluate(ServerDescriptions.PoorCloudSql, IamAuthProvider.Gcp), "Cloud.Login").Fix?.Text);
        Assert.Null(Find(Evaluate(ServerDescriptions.PoorCloudSql with { DatabaseFlags = ["a=b,c"] }, IamAuthProvider.Gcp), "Cloud.Login").Fix);
    }

    [Theory]
    [InlineData("pg1; rm -rf ~")]
    [InlineData("$(id)")]
    [InlineData("--help")]
    [InlineData("a\nb")]
    [InlineData("")]
    public void A_name_that_could_be_a_command_is_left_to_the_admin(string name)
    {
        var report = Evaluate(ServerDescriptions.PoorAzure with { Name = name, ResourceGroup = name, State = "Stopped" });

        Assert.Equal("az postgres flexible-server start --resource-group <group> --name <server>", Find(report, "Cloud.State").Fix?.Text);
    }

    [Fact]
    public void A_cluster_and_an_instance_of_Amazon_have_commands_of_their_own()
    {
        Assert.Equal("aws rds start-db-instance --db-instance-identifier pg1", Find(Evaluate(ServerDescriptions.PoorRds with { State = "stopped" }), "Cloud.State").Fix?.Text);
        Assert.Equal("aws rds start-db-cluster --db-cluster-identifier pg1", Find(Evaluate(ServerDescriptions.PoorRds with { State = "stopped", IsCluster = true }), "Cloud.State").Fix?.Text);
    }

    static Finding Find(ReadinessReport report, string id) => report.Findings.Single(finding => finding.Id == id);

    static ReadinessReport Evaluate(CloudServer server, IamAuthProvider? iam = null)
    {
        var connection = Inputs.Described(server, iam);
        return ReadinessEvaluator.Evaluate(new() { Connection = connection, Host = connection.Hosts[0], Failure = Refused }, Inputs.Today);
    }
}
