using System.Text.RegularExpressions;

namespace LangSmithPg.Tests.Help;

/// <summary>Every example does what its page says.</summary>
public sealed partial class ExampleTests(ExampleRun run) : IClassFixture<ExampleRun>
{
    public static TheoryData<HelpExample> Examples { get; } = [.. HelpPage.All.SelectMany(page => page.Examples)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_runs_without_errors_and_shows_what_it_says(HelpExample example)
    {
        Assert.SkipWhen(ExampleRun.NotRun.TryGetValue(example.Id, out var reason), reason ?? "");
        var result = run[example];

        Assert.Equal([], result.Errors);
        if (example.Output is { } output)
        {
            Assert.NotEqual("", Plain(result.Shown));
            // Files are listed as each system lists them.
            Assert.Contains(Plain(output.TrimStart().StartsWith("Directory:", StringComparison.Ordinal) ? "Directory:" : FirstLine(output)), Plain(result.Shown), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_is_not_run_is_an_example_and_two_of_each_cmdlet_are_run()
    {
        Assert.All(ExampleRun.NotRun.Keys, id => Assert.Contains(id, Examples.Select(row => row.Data.Id)));
        Assert.All(HelpPage.All, page => Assert.True(page.Examples.Count(one => !ExampleRun.NotRun.ContainsKey(one.Id)) >= 2, page.Name));
    }

    static string FirstLine(string output) => output.TrimStart('\n').Split('\n')[0];

    // Names, numbers and widths differ from here to there.
    static string Plain(string text) => Varying().Replace(text, "").Replace("db.example.com", "localhost", StringComparison.Ordinal);

    [GeneratedRegex(@"\s|[0-9]|on target ""[^""]*""|/(?:langsmith|[A-Z][a-z]+-LangSmith\w+)\b")]
    private static partial Regex Varying();
}
