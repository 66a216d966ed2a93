using LangSmithPg.Charts;
using LangSmithPg.Charts.Reading;

namespace LangSmithPg.Yaml.Tests.Charts;

/// <summary>Our values, rendered by Helm on charts that have the shape of each range of versions.</summary>
public sealed class ComponentChartTests
{
    public static TheoryData<string> Releases => [.. ChartCatalogue.Releases.Select(release => release.From.ToString())];

    public static TheoryData<string> ReleasesWithIam => With(ChartFeature.IamAuthProvider);

    public static TheoryData<string> ReleasesWithClientCertificate => With(ChartFeature.ClientCertificate);

    [Theory]
    [MemberData(nameof(ReleasesWithIam))]
    public Task Every_pod_that_gets_the_connection_carries_its_identity(string version) => OnChartAsync(version, ChartChecks.AssertIdentitiesAsync);

    [Theory]
    [MemberData(nameof(ReleasesWithClientCertificate))]
    public Task Every_pod_that_mounts_the_certificate_can_read_it(string version) => OnChartAsync(version, ChartChecks.AssertGroupsAsync);

    // The numbers were counted on the real charts.
    [Theory]
    [InlineData("0.12.34", 5)]
    [InlineData("0.13.43", 3)]
    [InlineData("0.14.6", 3)]
    [InlineData("0.15.17", 7)]
    [InlineData("0.16.11", 8)]
    public Task The_page_s_example_for_Azure_leaves_pods_out_and_ours_none(string version, int left) => OnChartAsync(version, async (chart, release) =>
        Assert.Equal((left, 0), await ChartChecks.CountUnlabelledAsync(chart, release)));

    [Theory]
    [MemberData(nameof(Releases))]
    public Task The_chart_has_the_workloads_of_the_catalogue(string version) => OnChartAsync(version, ChartChecks.AssertWorkloadsAsync);

    [Theory]
    [MemberData(nameof(Releases))]
    public Task Its_files_tell_what_the_catalogue_does(string version) => OnChartAsync(version, (chart, release) =>
    {
        ChartChecks.AssertReading(ChartFiles.Read(chart), release);
        return Task.CompletedTask;
    });

    [Theory]
    [MemberData(nameof(Releases))]
    public Task The_preflight_s_pod_is_as_the_backend_s(string version) =>
        OnChartAsync(version, (chart, release) => ChartChecks.AssertPreflightAsync(chart, release, isWhole: false));

    [Fact]
    public void Its_archive_tells_the_same()
    {
        using var chart = new ComponentChart(ChartCatalogue.Releases[^1]);
        ChartChecks.AssertReading(ChartFiles.Read(chart.Pack()), ChartCatalogue.Releases[^1]);
    }

    static TheoryData<string> With(ChartFeature feature) =>
        [.. ChartCatalogue.Releases.Where(release => release.Features.Contains(feature)).Select(release => release.From.ToString())];

    static async Task OnChartAsync(string version, Func<string, ChartRelease, Task> check)
    {
        var release = ChartCatalogue.For(ChartVersion.Parse(version));
        using var chart = new ComponentChart(release);
        await check(chart.Folder, release);
    }
}
