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
            // Files are listed as each system lists them.
            var shown = Plain(ExampleRun.Databases().Replace(result.Shown, "langsmith"));
            var lines = output.Split('\n').Where(line => line.Trim() is not ("" or "...")).ToList();
            Assert.All(lines[0].StartsWith("    Directory:", StringComparison.Ordinal) ? ["Directory:"] : lines, line => Assert.Contains(Plain(line), shown, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void What_is_not_run_is_an_example_and_two_of_each_cmdlet_are_run()
    {
        Assert.All(ExampleRun.NotRun.Keys, id => Assert.Contains(id, Examples.Select(row => row.Data.Id)));
        Assert.All(HelpPage.All, page => Assert.True(page.Examples.Count(one => !ExampleRun.NotRun.ContainsKey(one.Id)) >= 2, page.Name));
    }

    // Widths, numbers and places differ from here to there.
    static string Plain(string text) => Varying().Replace(Number().Replace(text, "0"), "").Replace("db.example.com", "localhost", StringComparison.Ordinal);

    [GeneratedRegex(@"\s|on target ""[^""]*""")]
    private static partial Regex Varying();

    [GeneratedRegex(@"[0-9]+(\.[0-9]+)*")]
    private static partial Regex Number();
}
