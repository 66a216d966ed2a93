using LangSmithPg.Charts;
using LangSmithPg.Common;

namespace LangSmithPg.Core.Tests.Charts;

public sealed class ChartCatalogueTests
{
    static readonly string[] Always = ["backend", "queue", "platformBackend", "hostBackend", "listener", "backend.migrations", "backend.clickhouseMigrations", "backend.authBootstrap"];

    [Fact]
    public void Every_version_is_in_exactly_one_range()
    {
        var versions = ChartCatalogue.Versions.ToList();

        Assert.Equal(96, versions.Count);
        Assert.Equal(versions.Distinct().Order(), versions);
        Assert.Equal(("0.12.20", "0.17.0-rc.12", "0.16.11"), ($"{ChartCatalogue.Oldest}", $"{ChartCatalogue.Newest}", $"{ChartCatalogue.NewestStable}"));
        Assert.Equal(17, ChartCatalogue.Releases.Count);
        Assert.All(ChartCatalogue.Releases, release =>
        {
            Assert.Equal((release.From, release.To), (release.Versions[0], release.Versions[^1]));
            Assert.All(release.Versions, version => Assert.Same(release, ChartCatalogue.For(version)));
        });
    }

    [Theory]
    [InlineData("0.13.8", "0.13.6")]
    [InlineData("0.13.22", "0.13.21")]
    [InlineData("0.15.14", "0.15.3")]
    [InlineData("0.12.99", "0.12.34")]
    [InlineData("0.16.0-rc.1", "0.16.0")]
    [InlineData("0.17.0-rc.3", "0.17.0-rc.12")]
    [InlineData("0.17.0", "0.17.0-rc.12")]
    [InlineData("1.2.3", "0.17.0-rc.12")]
    public void A_version_that_nobody_looked_at_counts_as_what_it_lies_between(string version, string from) =>
        Assert.Equal(from, ChartCatalogue.For(ChartVersion.Parse(version)).From.ToString());

    [Theory]
    [InlineData("0.13.7", "0.13.7")]
    [InlineData("0.13.8", "0.13.7")]
    [InlineData("0.12.99", "0.12.37")]
    [InlineData("0.16.0-rc.1", "0.16.0")]
    [InlineData("0.17.0-rc.3", "0.17.0-rc.12")]
    [InlineData("0.17.0", "0.17.0-rc.12")]
    [InlineData("1.2.3", "0.17.0-rc.12")]
    public void It_is_said_for_which_version_another_is_taken(string version, string known)
    {
        Assert.Equal(known, $"{ChartCatalogue.TakenFor(ChartVersion.Parse(version))}");
        Assert.Equal(known == version, ChartCatalogue.IsKnown(ChartVersion.Parse(version)));
    }

    [Theory]
    [InlineData("0.17.0-rc.12", false)]
    [InlineData("0.16.99", false)]
    [InlineData("0.17.0-rc.13", true)]
    [InlineData("0.17.0", true)]
    public void A_version_after_the_catalogue_is_known_as_such(string version, bool isNewer) =>
        Assert.Equal(isNewer, ChartCatalogue.IsNewer(ChartVersion.Parse(version)));

    [Fact]
    public void A_version_before_the_catalogue_is_refused() =>
        Assert.Contains("0.12.20", Assert.Throws<ArgumentOutOfRangeException>(() => ChartCatalogue.For(ChartVersion.Parse("0.12.19"))).Message, StringComparison.Ordinal);

    [Fact]
    public void All_workloads_are_complete_and_their_paths_are_the_charts() => Assert.All(ChartCatalogue.Releases, release =>
    {
        var names = release.Workloads.Select(one => one.Name).ToList();
        Assert.Equal(names.Distinct(), names);
        Assert.Subset(names.ToHashSet(), Always.ToHashSet());
        Assert.All(release.Workloads, one =>
        {
            Assert.Equal(one.Kind == WorkloadKind.Deployment ? $"{one.Name}.deployment.labels" : $"{one.Name}.labels", one.Labels.ToString());
            Assert.Equal(one.Kind == WorkloadKind.Job, one.Hook is not null);
            Assert.Matches("^[a-z0-9-]+$", one.NameSuffix);
            Assert.EndsWith(".yaml", one.Template, StringComparison.Ordinal);
            Assert.Matches(@"^(always|[\w.() ]+)$", one.EnabledWhen);
            Assert.NotNull(one.OnByDefault);
            var account = one.ServiceAccount;
            Assert.Equal(account.Path is null, account.Annotations is null);
            Assert.True(account.Path is null || account.Path.Keys[^1] == "serviceAccount");
            Assert.True(account.Path is null == account.Labels is null);
        });
        Assert.Equal(release.Features.Contains(ChartFeature.ClientCertificate), release.CertificateReaders.Any(one => one.Name == "playground"));
        Assert.Equal(release.From >= ChartVersion.Parse("0.16.0"), release.CertificateReaders.Any(one => one.Name == "sandboxes.sandboxHost"));
    });

    // Each is a line of the chart's history.
    [Theory]
    [InlineData(ChartFeature.CustomCa, "0.12.20")]
    [InlineData(ChartFeature.ClientCertificate, "0.12.28")]
    [InlineData(ChartFeature.CommonPodSecurityContext, "0.12.28")]
    [InlineData(ChartFeature.CustomTlsCheck, "0.12.28")]
    [InlineData(ChartFeature.IamAuthProvider, "0.12.34")]
    [InlineData(ChartFeature.SkipValidation, "0.13.10")]
    [InlineData(ChartFeature.UniqueUrlCheck, "0.15.0")]
    public void Features_begin_where_the_chart_got_them(ChartFeature feature, string version) =>
        Assert.Equal(version, ChartCatalogue.FirstWith(feature).ToString());

    [Theory]
    [InlineData("0.12.23", "ingestQueue", null)]
    [InlineData("0.12.24", "ingestQueue", false)]
    [InlineData("0.13.0", "ingestQueue", true)]
    [InlineData("0.12.37", "e2eTest", true)]
    [InlineData("0.13.0", "e2eTest", null)]
    [InlineData("0.13.0", "backend.e2eTest", true)]
    [InlineData("0.12.37", "backend.feedbackDataMigration", true)]
    [InlineData("0.13.43", "backend.feedbackDataMigration", false)]
    [InlineData("0.14.0", "backend.feedbackDataMigration", null)]
    [InlineData("0.15.0", "polly.queue", false)]
    [InlineData("0.15.1", "polly.queue", true)]
    [InlineData("0.15.0", "backend.agentBootstrap", false)]
    [InlineData("0.15.2", "backend.agentBootstrap", null)]
    [InlineData("0.15.3", "backend.agentBootstrap", false)]
    [InlineData("0.16.0", "backend.agentBootstrap", null)]
    [InlineData("0.15.17", "insights.queue", true)]
    [InlineData("0.16.0", "insights.queue", null)]
    [InlineData("0.16.0", "engineInsightsAgent.queue", true)]
    public void Workloads_come_and_go_and_are_switched_on(string version, string name, bool? onByDefault) =>
        Assert.Equal(onByDefault, Find(version, name)?.OnByDefault);

    [Fact]
    public void Jobs_run_as_the_backend_except_those_with_an_account_of_their_own()
    {
        Assert.Equal("backend.serviceAccount", Find("0.16.11", "backend.e2eTest")!.ServiceAccount.ToString());
        Assert.Equal("e2eTest.serviceAccount.annotations", Find("0.12.34", "e2eTest")!.ServiceAccount.Annotations!.ToString());
        Assert.False(Find("0.12.34", "e2eTest")!.ServiceAccount.CreatedByDefault);
        Assert.Null(Find("0.13.4", "backend.agentBootstrap")!.ServiceAccount.Path);
        Assert.Equal("backend.agentBootstrap.serviceAccount", Find("0.13.6", "backend.agentBootstrap")!.ServiceAccount.ToString());
    }

    [Theory]
    [InlineData("0.13.43", "post-install, post-upgrade")]
    [InlineData("0.14.0", "post-install, pre-upgrade")]
    public void Migrations_run_before_the_upgrade_from_0_14_on(string version, string hook) =>
        Assert.Equal(hook, Find(version, "backend.migrations")!.Hook);

    [Theory]
    [InlineData("0.14.6", "")]
    [InlineData("0.15.0", "")]
    [InlineData("0.15.1", "insights.postgres.external, polly.postgres.external")]
    [InlineData("0.16.11", "engineInsightsAgent.postgres.external, polly.postgres.external")]
    public void Databases_that_stay_in_the_cluster_are_known(string version, string expected) => Assert.Equal(expected, string.Join(
        ", ", Release(version).OtherDatabases.Where(one => one.OnByDefault).Select(one => one.Path)));

    [Fact]
    public void Iam_keys_of_other_databases_came_later()
    {
        Assert.Null(Key("0.15.17", "polly.postgres.external"));
        Assert.Equal("iamProvider", Key("0.16.0", "polly.postgres.external"));
        Assert.Null(Key("0.16.4", "smithdb.config.metastore"));
        Assert.Equal("iamAuthProvider", Key("0.16.5", "smithdb.config.metastore"));

        static string? Key(string version, string path) => Release(version).OtherDatabases.Single(one => one.Path.Equals(ValuesPath.Of(path))).IamKey;
    }

    [Fact]
    public void What_helm_needs_and_what_breaks_it_is_known()
    {
        Assert.Contains("polly.encryptionKey", Release("0.15.1").RequiredToRender);
        Assert.DoesNotContain("polly.encryptionKey", Release("0.15.0").RequiredToRender);
        Assert.Equal(["backend.agentBootstrap.enabled=true"], Release("0.15.2").BrokenOptions);
        Assert.Empty(Release("0.15.3").BrokenOptions);
    }

    [Theory]
    [InlineData("0.15.17", false)]
    [InlineData("0.16.0", true)]
    [InlineData("0.16.11", true)]
    [InlineData("0.17.0-rc.12", false)]
    public void The_old_key_of_sandboxes_is_refused_where_it_would_switch_them_off(string version, bool isRefused) =>
        Assert.Equal(isRefused, Release(version).Refusals.Any(one => one.Path.Equals(ValuesPath.Of("config.sandboxes"))));

    static ChartRelease Release(string version) => ChartCatalogue.For(ChartVersion.Parse(version));

    static ChartComponent? Find(string version, string name) => Release(version).Components.SingleOrDefault(one => one.Name == name);
}
