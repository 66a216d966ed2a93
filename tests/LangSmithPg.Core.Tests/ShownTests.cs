using LangSmithPg.Common;
using LangSmithPg.Helm;

namespace LangSmithPg.Core.Tests;

public sealed class ShownTests
{
    [Fact]
    public void A_text_in_the_depths_is_found() =>
        Assert.Equal(["it", "it.Entries[0]", "it.Entries[0].Value"], Shown.By(HelmValues.Empty.With(ValuesPath.Of("a"), "deep"), "deep"));
}
