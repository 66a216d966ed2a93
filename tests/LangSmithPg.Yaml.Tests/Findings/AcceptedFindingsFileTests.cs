using LangSmithPg.Findings;
using LangSmithPg.Yaml.Findings;

namespace LangSmithPg.Yaml.Tests.Findings;

public sealed class AcceptedFindingsFileTests
{
    [Theory]
    [InlineData("- id: A.*\n  target: h:5432/*\n  reason: 'Known: CHG-1'\n  until: 2027-03-31\n")]
    [InlineData("- id: A.*\r\n  target: h:5432/*\r\n  reason: 'Known: CHG-1'\r\n  until: 2027-03-31\r\n")]
    [InlineData("""[{ "id": "A.*", "target": "h:5432/*", "reason": "Known: CHG-1", "until": "2027-03-31" }]""")]
    [InlineData("# Known.\n- { until: 2027-03-31, reason: 'Known: CHG-1', target: h:5432/*, id: A.* }")]
    public void Yaml_and_Json_are_read(string text) =>
        Assert.Equal(new("A.*", "h:5432/*", "Known: CHG-1", new(2027, 3, 31), "f.yaml, line " + (text[0] == '#' ? 2 : 1)), Assert.Single(Read(text)));

    [Fact]
    public void Without_a_target_every_database_is_meant_and_never_has_no_end() =>
        Assert.Equal([new("A", "*", "x", null, "f.yaml, line 1"), new("B", "*", "y", null, "f.yaml, line 4")], Read("- id: A\n  reason: x\n  until: never\n- id: B\n  reason: y\n  until: Never"));

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("[]")]
    public void A_file_may_have_no_entries(string text) => Assert.Empty(Read(text));

    [Theory]
    [InlineData("- id: A\n  reason: x", "f.yaml, line 1: the accepted finding has no until.", "2027-03-31")]
    [InlineData("- id: A\n  until: never", "f.yaml, line 1: the accepted finding has no reason.", "why")]
    [InlineData("- id: A\n  reason: x\n  until: never\n- reason: x\n  until: never", "f.yaml, line 4: the accepted finding has no id.", "Server.CommunitySupport")]
    [InlineData("- id: A\n  reason: x\n  until: 31.12.2026", "f.yaml, line 3: until is not a valid date: 31.12.2026.", "never")]
    [InlineData("- id: A\n  reason: x\n  until: 2027-02-30", "f.yaml, line 3: until is not a valid date: 2027-02-30.", "never")]
    [InlineData("- id: A\n  reason: x\n  untill: never", "f.yaml, line 3: 'untill' is not a property of an accepted finding.", "Did you mean until?")]
    [InlineData("- id: A\n  because: x\n  until: never", "f.yaml, line 2: 'because' is not a property of an accepted finding.", "Use id, target, reason, until.")]
    [InlineData("- id: A\n  reason: ''\n  until: never", "f.yaml, line 2: reason has no text.", "reason")]
    [InlineData("- id: A\n  reason: ~\n  until: never", "f.yaml, line 2: reason has no text.", "reason")]
    [InlineData("- id: [A]\n  reason: x\n  until: never", "f.yaml, line 1: id has no text.", "id")]
    [InlineData("- id: A\n  target:\n  reason: x\n  until: never", "f.yaml, line 2: target has no text.", "every database")]
    [InlineData("- id: connection\n  reason: x\n  until: never", "f.yaml, line 1: the finding Connection cannot be accepted: a database that was not checked is never ready.", "Remove")]
    [InlineData("id: A", "f.yaml, line 1: this is not a list of accepted findings.", "- id:")]
    [InlineData("- A", "f.yaml, line 1: this is not an accepted finding.", "id, reason, until")]
    [InlineData("A", "f.yaml, line 1: this is not a list of accepted findings.", "- id:")]
    public void What_is_not_valid_is_told_with_its_line_and_how_to_correct_it(string text, string message, string fix)
    {
        var exception = Assert.Throws<AcceptedFindingException>(() => Read(text));
        Assert.Equal(message, exception.Message);
        Assert.Contains(fix, exception.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("- id: 'A")]
    [InlineData("- id: A\n  id: B\n  reason: x\n  until: never")]
    [InlineData("- id: A\n  reason: note: this\n  until: never")]
    public void What_is_no_YAML_is_told_with_its_line(string text) =>
        Assert.Matches(@"^f\.yaml, line [12], column [0-9]+: the text is not valid YAML or JSON\.$", Assert.Throws<AcceptedFindingException>(() => Read(text)).Message);

    static IReadOnlyList<AcceptedFinding> Read(string text) => AcceptedFindingsFile.Read(text, "f.yaml");
}
