using LangSmithPg.Charts;
using LangSmithPg.Connections;
using LangSmithPg.Documents;
using LangSmithPg.Helm;
using LangSmithPg.Iam;

namespace LangSmithPg.Core.Tests.Helm;

public sealed class IamValuesTests
{
    const string Arn = "arn:aws:iam::123456789012:role/langsmith";

    static readonly WorkloadIdentity Aws = WorkloadIdentity.Aws(Arn);
    static readonly WorkloadIdentity Azure = WorkloadIdentity.Azure("0e4f8ecf-0000-4000-8000-000000000001");

    [Fact]
    public void An_account_that_several_share_is_annotated_once()
    {
        var lines = Lines(IamValues.ForComponents(HelmValues.Empty, Aws, Components("0.16.11")));

        Assert.Equal(lines.Distinct(), lines);
        Assert.Equal(16, lines.Count);
        Assert.All(lines, line => Assert.EndsWith($".serviceAccount.annotations.\"eks.amazonaws.com/role-arn\": {Arn}", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Azure_labels_pods_where_the_label_takes_effect()
    {
        var lines = Lines(IamValues.ForComponents(HelmValues.Empty, Azure, Components("0.16.11")));

        Assert.Equal(16 + 21, lines.Count);
        Assert.Contains("""backend.deployment.labels."azure.workload.identity/use": true""", lines);
        Assert.Contains("""backend.backfillCheck.labels."azure.workload.identity/use": true""", lines);
        Assert.Contains("""engineInsightsAgent.queue.deployment.labels."azure.workload.identity/use": true""", lines);
    }

    [Fact]
    public void The_label_is_a_text_and_no_flag() => Assert.All(
        IamValues.ForComponents(HelmValues.Empty, Azure, Components("0.13.0")).Entries,
        entry => Assert.IsType<DocumentText>(entry.Scalar));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_account_that_the_chart_does_not_make_by_itself_is_made_in_a_way_that_helm_survives(bool common)
    {
        var components = Components("0.12.34");
        var lines = Lines(common ? IamValues.ForAll(HelmValues.Empty, Aws, components) : IamValues.ForComponents(HelmValues.Empty, Aws, components));

        Assert.Contains("e2eTest.serviceAccount.create: true", lines);
        Assert.Contains(lines, line => line.StartsWith("e2eTest.deployment.labels.", StringComparison.Ordinal));
    }

    [Fact]
    public void The_short_form_is_short() => Assert.Equal(
        [
            "commonAnnotations.\"azure.workload.identity/client-id\": 0e4f8ecf-0000-4000-8000-000000000001",
            "commonLabels.\"azure.workload.identity/use\": true",
        ],
        Lines(IamValues.ForAll(HelmValues.Empty, Azure, Components("0.16.11"))));

    [Fact]
    public void Doing_it_twice_changes_nothing_and_another_identity_takes_the_place_of_the_first()
    {
        var components = Components("0.16.11");
        var once = IamValues.ForComponents(HelmValues.Empty, Azure, components);
        Assert.Equal(Lines(once), Lines(IamValues.ForComponents(once, Azure, components)));

        var other = IamValues.ForComponents(once, WorkloadIdentity.Azure("0e4f8ecf-0000-4000-8000-000000000002"), components);
        Assert.Equal(once.Entries.Select(entry => entry.Path), other.Entries.Select(entry => entry.Path));
        Assert.DoesNotContain(other.Entries, entry => entry.Value.EndsWith("01", StringComparison.Ordinal));
    }

    [Fact]
    public void The_provider_is_read_from_the_values()
    {
        Assert.Null(IamValues.ProviderOf(HelmValues.Empty));
        var provider = IamValues.ProviderOf(ConnectionValues.ForSecret(Examples.Iam, "postgres-secret"));
        Assert.Equal("azure", provider);
        Assert.True(IamValues.Names("Azure", IamAuthProvider.Azure));
        Assert.False(IamValues.Names("aws", IamAuthProvider.Azure));
    }

    [Fact]
    public void Groups_go_where_they_take_effect()
    {
        Assert.Equal(["commonPodSecurityContext.fsGroup: 1000"], Lines(PodSecurityValues.ForAll(HelmValues.Empty, PodSecurityValues.DefaultGroup)));
        var lines = Lines(PodSecurityValues.ForComponents(HelmValues.Empty, 2000, ChartCatalogue.For(ChartVersion.Parse("0.16.11")).CertificateReaders));
        Assert.Equal(23, lines.Count);
        Assert.Contains("playground.deployment.podSecurityContext.fsGroup: 2000", lines);
        Assert.Contains("backend.migrations.podSecurityContext.fsGroup: 2000", lines);
    }

    static List<ChartComponent> Components(string version) => [.. ChartCatalogue.For(ChartVersion.Parse(version)).Components];

    static List<string> Lines(HelmValues values) => [.. values.Entries.Select(entry => entry.ToString())];
}
