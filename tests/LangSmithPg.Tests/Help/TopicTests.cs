using System.Text.RegularExpressions;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Help;

/// <summary>The topics of Get-Help about_LangSmithPg.</summary>
public sealed partial class TopicTests
{
    public static TheoryData<string> Topics { get; } = [.. Directory.GetFiles(Path.Join(BuildPaths.Repository, "en-US"), "about_*.help.txt").Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Topics))]
    public void A_topic_fits_a_console_of_80_columns_and_names_what_exists(string topic)
    {
        var text = File.ReadAllText(Path.Join(BuildPaths.Repository, "en-US", topic));

        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 80 && line == line.TrimEnd(), line));
        Assert.StartsWith($"TOPIC\n    {topic[..^".help.txt".Length]}\n\nSHORT DESCRIPTION\n    ", text, StringComparison.Ordinal);
        Assert.All(CmdletNames().Matches(text).Select(one => one.Value), one => Assert.Contains(one, Cmdlets.All.Keys));
        Assert.All(TopicNames().Matches(text).Select(one => one.Value), one => Assert.Contains($"{one}.help.txt", Topics.Select(row => row.Data)));
        Assert.All(Code().Matches(text).Select(one => one.Value), one => Assert.Equal([], CommandCheck.Faults(one)));
    }

    [Fact]
    public void The_first_topic_names_every_cmdlet()
    {
        var text = File.ReadAllText(Path.Join(BuildPaths.Repository, "en-US", "about_LangSmithPg.help.txt"));

        Assert.All(Cmdlets.All.Keys, name => Assert.Contains(name, text, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\b[A-Z][A-Za-z]+-LangSmith\w+")]
    private static partial Regex CmdletNames();

    [GeneratedRegex(@"\babout_LangSmith\w+")]
    private static partial Regex TopicNames();

    // Lines of commands, indented further than the text: as far as they go without a gap.
    [GeneratedRegex(@"(^ {8}\$.*-LangSmith.*\n)(^ {12}.*\n)*", RegexOptions.Multiline)]
    private static partial Regex Code();
}
