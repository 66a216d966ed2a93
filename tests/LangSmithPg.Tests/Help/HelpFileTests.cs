using System.Text.RegularExpressions;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Help;

/// <summary>Get-Help says what the pages say: who changes a page and forgets <c>./build.ps1 -Task Docs</c> is told here.</summary>
public sealed partial class HelpFileTests : IDisposable
{
    readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Every_page_is_in_the_file_and_nothing_else() =>
        Assert.Equal(HelpPage.All.Select(page => page.Name).Order(StringComparer.Ordinal), HelpFile.Commands.Select(one => one.Name).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(HelpPage.Names), MemberType = typeof(HelpPage))]
    public void The_file_says_what_the_page_says(string name)
    {
        var (page, command) = (HelpPage.Of(name), HelpFile.Commands.Single(one => one.Name == name));

        Assert.Equal(page["SYNOPSIS"], command.Synopsis);
        Assert.Equal(page["DESCRIPTION"], command.Description);
        Assert.Equal(page["NOTES"], command.Notes);
        Assert.Equal(page.Parameters.Select(one => (one.Name, one.Description, one.Default)), command.Parameters.Select(one => (one.Name, one.Description, one.Default)));
        Assert.Equal(page.Examples.Select(one => (one.Title, one.Code, one.Remarks)), command.Examples.Select(one => (one.Title, one.Code, Gaps().Replace(one.Remarks, "\n\n"))));
        Assert.Equal(page.Inputs, command.Inputs);
        Assert.Equal(page.Outputs, command.Outputs);
        Assert.Equal(
            page.Links.Select(one => (one.Title, one.Address.StartsWith("https:", StringComparison.Ordinal) ? one.Address : "")), command.Links);
    }

    [Theory]
    [MemberData(nameof(HelpPage.Names), MemberType = typeof(HelpPage))]
    public void Get_Help_shows_it(string name)
    {
        var page = HelpPage.Of(name);

        var shown = Plain(_session.Show($"Get-Help {name} -Full"));

        Assert.Contains(Plain(page["SYNOPSIS"]), shown, StringComparison.Ordinal);
        Assert.Contains(Plain(page["DESCRIPTION"]), shown, StringComparison.Ordinal);
        Assert.All(page.Examples, example => Assert.Contains(Plain($"PS> {example.Code}"), shown, StringComparison.Ordinal));
        Assert.All(page.Parameters, parameter => Assert.Contains(Plain(parameter.Description), shown, StringComparison.Ordinal));
        Assert.DoesNotContain("```", shown, StringComparison.Ordinal);
        Assert.DoesNotContain('\u0080', shown);
    }

    [Theory]
    [InlineData("about_LangSmithPg")]
    [InlineData("about_LangSmithPg_Findings")]
    [InlineData("about_LangSmithPg_Errors")]
    [InlineData("about_LangSmithPg_Tasks")]
    public void Topics_lie_where_Get_Help_looks_for_them(string topic) =>
        Assert.True(File.Exists(Path.Join(Path.GetDirectoryName(BuildPaths.ModuleManifest), "en-US", $"{topic}.help.txt")));

    // Whatever width it was laid out for.
    static string Plain(string text) => Space().Replace(text, "");

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex Gaps();
}
