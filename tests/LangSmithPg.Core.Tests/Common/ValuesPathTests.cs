using LangSmithPg.Common;

namespace LangSmithPg.Core.Tests.Common;

public sealed class ValuesPathTests
{
    [Fact]
    public void Paths_are_equal_by_their_keys()
    {
        var path = new ValuesPath("postgres", "external");

        Assert.Equal(ValuesPath.Of("postgres.external"), path);
        Assert.Equal(ValuesPath.Of("postgres.external").GetHashCode(), path.GetHashCode());
        Assert.NotEqual(ValuesPath.Of("postgres.External"), path);
        Assert.NotEqual(new ValuesPath("postgres.external"), path);
    }

    [Fact]
    public void A_key_with_dots_is_one_key_and_shown_in_quotes() =>
        Assert.Equal("backend.labels.\"azure.workload.identity/use\"", new ValuesPath("backend", "labels", "azure.workload.identity/use").ToString());

    [Fact]
    public void One_path_is_above_another_by_whole_keys()
    {
        var path = ValuesPath.Of("a.b");

        Assert.True(path.IsAncestorOf(ValuesPath.Of("a.b.c")));
        Assert.False(path.IsAncestorOf(path));
        Assert.False(path.IsAncestorOf(ValuesPath.Of("a.bc.d")));
        Assert.False(path.IsAncestorOf(ValuesPath.Of("a")));
    }

    [Fact]
    public void A_path_has_keys() => Assert.Throws<ArgumentOutOfRangeException>(() => new ValuesPath());
}
