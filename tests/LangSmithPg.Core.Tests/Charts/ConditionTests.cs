using LangSmithPg.Charts;
using LangSmithPg.Charts.Reading;

namespace LangSmithPg.Core.Tests.Charts;

/// <summary>Under which values a component is there.</summary>
public sealed class ConditionTests
{
    [Theory]
    [InlineData("always", true)]
    [InlineData("on", true)]
    [InlineData("off", false)]
    [InlineData("missing", false)]
    [InlineData("on and off", false)]
    [InlineData("on or off", true)]
    [InlineData("off or on and off", false)]
    [InlineData("(off or on) and on", true)]
    [InlineData("not off", true)]
    [InlineData("not (on and on)", false)]
    [InlineData("mode is mixed", true)]
    [InlineData("mode is not mixed", false)]
    [InlineData("off and unknown", false)]
    [InlineData("on and unknown", null)]
    [InlineData("not unknown", null)]
    [InlineData("empty x y", null)]
    [InlineData("(on", null)]
    [InlineData("", null)]
    public void A_condition_is_read_as_it_is_said(string text, bool? holds) => Assert.Equal(holds, Condition.Parse(text).Holds(path => path switch
    {
        "on" => "true",
        "off" => "false",
        "mode" => "mixed",
        _ => null,
    }));

    [Fact]
    public void Without_values_every_component_is_there_as_the_catalogue_says()
    {
        foreach (var release in ChartCatalogue.Releases)
        {
            foreach (var component in release.Workloads)
            {
                var holds = Condition.Parse(component.EnabledWhen).Holds(path =>
                    ChartReading.Demanded.GetValueOrDefault(path) ?? (release.OffByDefault.Contains(path) ? "false" : "true"));
                Assert.True(holds == component.OnByDefault, $"{release.From}: {component} {component.EnabledWhen}");
            }
        }
    }
}
