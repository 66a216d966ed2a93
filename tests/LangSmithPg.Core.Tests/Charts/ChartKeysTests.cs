using LangSmithPg.Charts;
using LangSmithPg.Common;

namespace LangSmithPg.Core.Tests.Charts;

public sealed class ChartKeysTests
{
    // Each is a line of the chart's history.
    [Theory]
    [InlineData("postgres.external.connectionUrl", "0.12.20", true)]
    [InlineData("postgres.external.connectionUrI", "0.16.11", false)]
    [InlineData("postgres.external.clientCert.secretName", "0.12.27", false)]
    [InlineData("postgres.external.clientCert.secretName", "0.12.28", true)]
    [InlineData("postgres.external.iamAuthProvider", "0.12.33", false)]
    [InlineData("postgres.external.iamAuthProvider", "0.12.34", true)]
    [InlineData("postgres.external.iamProvider", "0.16.11", false)]
    [InlineData("polly.postgres.external.iamProvider", "0.15.17", false)]
    [InlineData("polly.postgres.external.iamProvider", "0.16.0", true)]
    [InlineData("insights.postgres.external.enabled", "0.15.17", true)]
    [InlineData("insights.postgres.external.enabled", "0.16.0", false)]
    [InlineData("e2eTest.serviceAccount.create", "0.12.37", true)]
    [InlineData("e2eTest.serviceAccount.create", "0.13.0", false)]
    [InlineData("e2eTest.deployment.labels", "0.12.34", true)]
    [InlineData("backend.agentBootstrap.enabled", "0.15.17", true)]
    [InlineData("backend.agentBootstrap.enabled", "0.16.0", false)]
    [InlineData("config.basicAuth.initialOrgAdminEmail", "0.16.11", true)]
    [InlineData("backend.podSecurityContext.fsGroup", "0.16.11", false)]
    [InlineData("backend.migrations.fsGroup", "0.16.11", false)]
    [InlineData("commonPodLabels", "0.16.11", false)]
    [InlineData("backend.deployment.labels.any-label", "0.16.11", true)]
    [InlineData("backend.deployment.resources.limits.memory", "0.16.11", true)]
    [InlineData("backend.deployment.resources.any", "0.16.11", true)]
    [InlineData("config.insights.enabled", "0.14.6", true)]
    [InlineData("config.insights.any", "0.14.6", false)]
    [InlineData("config.polly.any", "0.14.6", false)]
    public void Keys_are_known_from_their_first_version_to_their_last(string path, string version, bool isKnown) =>
        Assert.Equal(isKnown, ChartKeys.Has(ValuesPath.Of(path), ChartVersion.Parse(version)));

    [Fact]
    public void All_that_the_catalogue_names_is_there() => Assert.All(ChartCatalogue.Releases, release =>
    {
        Assert.All(release.Workloads, one => Assert.All(
            new[] { one.Labels, one.PodSecurityContext, one.ServiceAccount.Annotations, one.ServiceAccount.Create, one.ServiceAccount.Name }.OfType<ValuesPath>(),
            path => Assert.True(ChartKeys.Has(path, release.From), $"{path} of {release}")));
        Assert.All(release.OtherDatabases, one => Assert.True(ChartKeys.Has(one.Path, release.From), $"{one.Path} of {release}"));
        Assert.All(release.RequiredToRender, text => Assert.True(ChartKeys.Has(ValuesPath.Of(text.Split('=')[0]), release.From), $"{text} of {release}"));
    });

    [Fact]
    public void A_key_knows_when_it_came_and_went()
    {
        var job = ChartKeys.Root.Find("backend")!.Find("feedbackDataMigration")!;
        Assert.Equal(("0.12.20", "0.14.0"), ($"{job.Since}", $"{job.Until}"));
        Assert.Null(ChartKeys.Root.Find("backend")!.Until);
    }
}
