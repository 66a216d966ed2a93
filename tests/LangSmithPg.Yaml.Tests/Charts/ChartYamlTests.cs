using LangSmithPg.Yaml.Charts;

namespace LangSmithPg.Yaml.Tests.Charts;

/// <summary>The YAML of a chart that somebody else made.</summary>
public sealed class ChartYamlTests
{
    [Theory]
    [InlineData("a: [1\n")]
    [InlineData("a: !!b]c d\n")]
    [InlineData("- a\n")]
    [InlineData("a: 1\n\0b: 2\n")]
    [InlineData("a: 1\n%TEG x\n")]
    [InlineData("a: &a\n  b: *a\n")]
    public void What_is_no_map_of_values_is_refused(string text) => Assert.Throws<FormatException>(() => ChartYaml.ReadValues(text));

    [Theory]
    [InlineData("[")]
    [InlineData("- ")]
    public void What_is_nested_too_deep_is_refused_where_it_is(string level) =>
        Assert.Contains("nested too deep", Assert.Throws<FormatException>(() => ChartYaml.ReadValues("a:\n  " + string.Concat(Enumerable.Repeat(level, 200_000)))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_few_lines_that_stand_for_billions_of_values_are_refused()
    {
        var bomb = "a0: &a0 {x: 1}\n" + string.Concat(Enumerable.Range(1, 40).Select(n => $"a{n}: &a{n} {{x: *a{n - 1}, y: *a{n - 1}}}\n"));

        Assert.Contains("aliases", Assert.Throws<FormatException>(() => ChartYaml.ReadValues(bomb)).Message, StringComparison.Ordinal);
    }
}
