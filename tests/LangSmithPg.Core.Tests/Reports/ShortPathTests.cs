using LangSmithPg.Reports.Values;

namespace LangSmithPg.Core.Tests.Reports;

public sealed class ShortPathTests
{
    [Theory]
    [InlineData("values.yaml", "values.yaml")]
    [InlineData("deploy/values.yaml", "deploy/values.yaml")]
    [InlineData("..values.yaml", "..values.yaml")]
    public void A_path_below_the_root_is_relative(string path, string shown) =>
        Assert.Equal(shown, ShortPath.Of(ValuesSamples.InRoot(path), ValuesSamples.Root));

    [Theory]
    [InlineData("/elsewhere/values.yaml")]
    [InlineData("/repository-2/values.yaml")]
    [InlineData("/values.yaml")]
    public void Any_other_path_is_whole(string path) => Assert.Equal(Path.GetFullPath(path), ShortPath.Of(Path.GetFullPath(path), ValuesSamples.Root));

    [Theory]
    [InlineData("relative.yaml")]
    [InlineData(@"\\?\strange")]
    public void What_is_no_path_here_stays_as_it_is(string path) => Assert.Equal(path, ShortPath.Of(path, ValuesSamples.Root));
}
