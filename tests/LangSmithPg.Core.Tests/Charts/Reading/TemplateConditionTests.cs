using LangSmithPg.Charts.Reading;

namespace LangSmithPg.Core.Tests.Charts.Reading;

public sealed class TemplateConditionTests
{
    static readonly Dictionary<string, string?> Values = new()
    {
        ["on"] = "true", ["also.on"] = "true", ["off"] = "false", ["mode"] = "mixed", ["empty"] = "", ["map"] = null,
    };

    [Theory]
    [InlineData(".Values.on", "on", true)]
    [InlineData("$.Values.on", "on", true)]
    [InlineData(".Values.off", "off", false)]
    [InlineData(".Values.missing", "missing", false)]
    [InlineData(".Values.empty", "empty", false)]
    [InlineData("not .Values.off", "not off", true)]
    [InlineData("and .Values.on .Values.off", "on and off", false)]
    [InlineData("or .Values.off .Values.also.on", "off or also.on", true)]
    [InlineData("and .Values.on (or .Values.off .Values.also.on)", "on and (off or also.on)", true)]
    [InlineData("or (and .Values.on .Values.off) (not .Values.on)", "(on and off) or not on", false)]
    [InlineData("eq .Values.mode \"mixed\"", "mode is mixed", true)]
    [InlineData("ne .Values.mode \"mixed\"", "mode is not mixed", false)]
    [InlineData("and .Values.on (eq .Values.mode \"oauth\")", "on and mode is oauth", false)]
    [InlineData("semverCompare \">=1.2\" .Capabilities.KubeVersion", "semverCompare >=1.2 .Capabilities.KubeVersion", null)]
    [InlineData("and .Values.off (hasKey .Values.map \"x\")", "off and hasKey map x", false)]
    [InlineData("or .Values.off (hasKey .Values.map \"x\")", "off or hasKey map x", null)]
    [InlineData("$local", "$local", null)]
    public void Conditions_are_said_in_words_and_tried_on_values(string text, string words, bool? holds)
    {
        var condition = TemplateConditionParser.ParseAll([text]);

        Assert.Equal(words, condition.ToString());
        Assert.Equal(holds, condition.Holds(path => Values.GetValueOrDefault(path)));
    }

    [Fact]
    public void Conditions_that_stand_in_each_other_hold_together()
    {
        Assert.Equal("(off or on) and also.on", TemplateConditionParser.ParseAll(["or .Values.off .Values.on", ".Values.also.on"]).ToString());
        Assert.Equal("always", TemplateConditionParser.ParseAll([]).ToString());
        Assert.True(TemplateConditionParser.ParseAll([]).Holds(_ => null));
    }

    [Theory]
    [InlineData("")]
    [InlineData(")")]
    [InlineData("((")]
    [InlineData("and")]
    [InlineData("eq")]
    [InlineData("eq ) (")]
    public void What_is_no_condition_does_no_harm(string text)
    {
        var condition = TemplateConditionParser.ParseAll([text]);
        Assert.NotNull(condition.ToString());
        condition.Holds(_ => null);
    }
}
