using LangSmithPg.Charts;
using LangSmithPg.Charts.Reading;
using LangSmithPg.Common;
using LangSmithPg.Helm.Linting;
using LangSmithPg.Sandbox.Helm;
using LangSmithPg.Yaml.Charts;
using LangSmithPg.Yaml.Tests.Tools;
using YamlDotNet.RepresentationModel;

namespace LangSmithPg.Yaml.Tests.Charts;

/// <summary>Our values, rendered by Helm on the LangSmith chart that LANGSMITH_CHART names, a folder or an archive. It is not in the repository.</summary>
public sealed class RealChartTests
{
    const string Variable = "LANGSMITH_CHART";

    [Fact]
    public Task The_chart_has_the_workloads_of_the_catalogue() => OnChartAsync(needed: null, ChartChecks.AssertWorkloadsAsync);

    [Fact]
    public Task Every_pod_that_gets_the_connection_carries_its_identity() =>
        OnChartAsync(ChartFeature.IamAuthProvider, ChartChecks.AssertIdentitiesAsync);

    [Fact]
    public Task Every_pod_that_mounts_the_certificate_can_read_it() =>
        OnChartAsync(ChartFeature.ClientCertificate, ChartChecks.AssertGroupsAsync);

    [Fact]
    public Task No_pod_is_left_without_Azure_s_label() => OnChartAsync(ChartFeature.IamAuthProvider, async (chart, release) =>
    {
        var (page, ours) = await ChartChecks.CountUnlabelledAsync(chart, release);
        Assert.Equal(0, ours);
        Assert.True(page > 0, "The page's example labels every pod of this chart.");
    });

    [Fact]
    public Task Every_database_is_external_with_values_in_one_file() => OnChartAsync(needed: null, DatabaseChecks.AssertExternalAsync);

    [Fact]
    public Task Every_database_that_knows_identities_gets_one() => OnChartAsync(ChartFeature.IamAuthProvider, DatabaseChecks.AssertIamAsync);

    [Fact]
    public Task Every_pod_of_a_database_carries_its_identity() => OnChartAsync(ChartFeature.IamAuthProvider, DatabaseChecks.AssertAnnotatedAsync);

    [Fact]
    public Task The_preflight_s_pod_is_as_the_backend_s() =>
        OnChartAsync(needed: null, (chart, release) => ChartChecks.AssertPreflightAsync(chart, release, isWhole: true));

    [Fact]
    public Task The_preflight_s_pods_are_as_those_of_each_database() => OnChartAsync(needed: null, ChartChecks.AssertDatabasesAsync);

    [Fact]
    public Task Its_files_tell_what_the_catalogue_does() => OnChartAsync(needed: null, (chart, release) =>
    {
        ChartChecks.AssertReading(ChartFiles.Read(chart), release);
        return Task.CompletedTask;
    });

    [Fact]
    public Task Its_files_tell_what_it_refuses_as_the_catalogue_does() => OnChartAsync(needed: null, (chart, release) =>
    {
        var files = ChartFiles.Read(chart);
        var read = LintChart.From(release.To, files.Templates, ChartYaml.ReadValues(files.ValuesYaml));

        // Of a value that may be empty there, the chart's check takes another form but for one key.
        Assert.Equal(
            release.Refusals.Where(one => !one.AllowsEmpty || one.Path.Equals(ValuesPath.Of("listener.templates"))).Select(one => $"{one.Path}").Order(StringComparer.Ordinal),
            read.Refusals.Select(one => $"{one.Path}").Order(StringComparer.Ordinal));
        Assert.Equal(release.Flags.Select(one => $"{one}").Order(StringComparer.Ordinal), read.Flags.Select(one => $"{one}").Order(StringComparer.Ordinal));
        Assert.Equal(release.Features.Order(), read.Features.Order());
        Assert.Equal(
            release.OtherDatabases.Where(one => one.Path.Keys[^1] == "external" && one.EnabledWhen is null).Select(one => (one.Path, one.OnByDefault, one.IamKey)).OrderBy(one => $"{one.Path}", StringComparer.Ordinal),
            read.OtherDatabases.Where(one => one.Path.Keys[^1] == "external" && one.EnabledWhen is null).Select(one => (one.Path, one.OnByDefault, one.IamKey)).OrderBy(one => $"{one.Path}", StringComparer.Ordinal));
        return Task.CompletedTask;
    });

    static async Task OnChartAsync(ChartFeature? needed, Func<string, ChartRelease, Task> check)
    {
        var chart = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(chart), $"{Variable} names no LangSmith chart, as a folder or .tgz.");
        var release = ChartCatalogue.For(await VersionAsync(chart));
        Assert.SkipWhen(needed is { } feature && !release.Features.Contains(feature), $"Charts {release} know no {needed}.");
        await check(Path.GetFullPath(chart), release);
    }

    static async Task<ChartVersion> VersionAsync(string chart)
    {
        var helm = await Requirement.GetAsync<HelmTools, HelmNotAvailableException>(() => HelmTools.FindAsync(TestContext.Current.CancellationToken));
        var stream = new YamlStream();
        stream.Load(new StringReader(await Tool.AskAsync(helm.HelmPath, "", "show", "chart", chart)));
        return ChartVersion.Parse(stream.Documents[0].RootNode["version"].ToString());
    }
}
