using LangSmithPg.Charts;

namespace LangSmithPg.Core.Tests.Charts;

public sealed class ChartVersionTests
{
    // The order that semver.org gives as its example, and the chart's own.
    static readonly string[] InOrder =
    [
        "0.12.9", "0.12.34", "0.13.0", "0.17.0-alpha", "0.17.0-alpha.1", "0.17.0-alpha.beta", "0.17.0-beta", "0.17.0-beta.2",
        "0.17.0-beta.11", "0.17.0-rc.1", "0.17.0-rc.2", "0.17.0-rc.12", "0.17.0", "0.17.1", "1.0.0",
    ];

    [Fact]
    public void Versions_stand_in_the_order_of_semver()
    {
        var versions = InOrder.Select(ChartVersion.Parse).ToList();

        Assert.Equal(InOrder, versions.AsEnumerable().Reverse().Order().Select(version => version.ToString()));
        for (var left = 0; left < versions.Count; left++)
        {
            for (var right = 0; right < versions.Count; right++)
            {
                Assert.Equal(left < right, versions[left] < versions[right]);
                Assert.Equal(left > right, versions[left] > versions[right]);
                Assert.Equal(left <= right, versions[left] <= versions[right]);
                Assert.Equal(left >= right, versions[left] >= versions[right]);
                Assert.Equal(left == right, versions[left] == versions[right]);
            }
        }
    }

    [Theory]
    [InlineData("v0.16.11", "0.16.11")]
    [InlineData(" 0.17.0-rc.12 ", "0.17.0-rc.12")]
    [InlineData("0.16.11+build.5", "0.16.11")]
    public void A_leading_v_blanks_and_build_metadata_do_not_matter(string text, string expected)
    {
        var version = ChartVersion.Parse(text);

        Assert.Equal(expected, version.ToString());
        Assert.Equal(ChartVersion.Parse(expected), version);
        Assert.Equal(ChartVersion.Parse(expected).GetHashCode(), version.GetHashCode());
    }

    [Theory]
    [InlineData("")]
    [InlineData("newest")]
    [InlineData("0.16")]
    [InlineData("0.16.11.2")]
    [InlineData("0.016.1")]
    [InlineData("0.17.0-")]
    [InlineData("0.17.0-rc.01")]
    [InlineData("0.17.0-rc..1")]
    [InlineData("0.17.٣")]
    [InlineData("0.17.9999999999")]
    [InlineData("langsmith-0.16.11")]
    public void What_is_no_version_is_refused_by_name(string text)
    {
        Assert.False(ChartVersion.TryParse(text, out var version));
        Assert.Null(version);
        Assert.Contains($"'{text}'", Assert.Throws<FormatException>(() => ChartVersion.Parse(text)).Message, StringComparison.Ordinal);
    }
}
