using System.Text.RegularExpressions;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Help;

/// <summary>PowerShell code in the documentation: it parses, and every cmdlet and parameter of this module in it exists.</summary>
public sealed partial class CodeTests
{
    public static TheoryData<string> Documents { get; } =
    [
        .. Directory.GetFiles(BuildPaths.Repository, "*.md").Concat(Directory.GetFiles(Path.Join(BuildPaths.Repository, "docs"), "*.md", SearchOption.AllDirectories))
            .Where(path => Blocks().IsMatch(File.ReadAllText(path))).Select(path => Path.GetRelativePath(BuildPaths.Repository, path).Replace('\\', '/')).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Blocks_of_code_are_right(string document)
    {
        var blocks = Blocks().Matches(File.ReadAllText(Path.Join(BuildPaths.Repository, document))).Select(one => one.Groups[1].Value);

        Assert.All(blocks, block => Assert.Equal([], CommandCheck.Faults(block)));
    }

    [Fact]
    public void The_README_and_all_pages_have_code() =>
        Assert.All(HelpPage.All.Select(page => $"docs/en-US/{page.Name}.md").Append("README.md"), document => Assert.Contains(document, Documents.Select(row => row.Data)));

    [Theory]
    [InlineData("Test-LangSmithPgReadiness -Rehearsal", "Test-LangSmithPgReadiness has no -Rehearsal.")]
    [InlineData("Test-LangSmithReadiness", "Test-LangSmithReadiness does not exist.")]
    [InlineData("$c | ForEach-Object { Test-LangSmithPgConnection -Bogus }", "Test-LangSmithPgConnection has no -Bogus.")]
    public void What_does_not_exist_is_found(string code, string fault) => Assert.Equal([fault], CommandCheck.Faults(code));

    [GeneratedRegex(@"^```powershell\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Blocks();
}
