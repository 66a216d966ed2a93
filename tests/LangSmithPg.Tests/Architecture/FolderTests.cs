using System.Text.RegularExpressions;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Architecture;

/// <summary>The folders show the architecture: a feature has one name in every layer, and no folder of Core needs itself by way of others.</summary>
public sealed partial class FolderTests
{
    static readonly string Sources = Path.Join(BuildPaths.Repository, "src");

    // Plumbing of one layer, of which no other has a part.
    static readonly string[] Plumbing = ["Transactions", "Pooling", "Completion"];

    [Theory]
    [InlineData("LangSmithPg.Postgres")]
    [InlineData("LangSmithPg/Cmdlets")]
    public void A_feature_has_the_name_that_it_has_in_Core(string layer) =>
        Assert.Empty(Folders(layer).Except(Plumbing).Except(Folders("LangSmithPg.Core")));

    [Fact]
    public void No_folder_of_Core_needs_itself_by_way_of_others()
    {
        var needs = Folders("LangSmithPg.Core").ToDictionary(folder => folder, Needed);
        Assert.NotEmpty(needs["Readiness"]);

        // A folder is taken away once all that it needs are: what is left needs itself.
        while (needs.Keys.FirstOrDefault(folder => !needs[folder].Any(needs.ContainsKey)) is { } bottom)
        {
            needs.Remove(bottom);
        }

        Assert.Empty(needs);
    }

    [Fact]
    public void Common_needs_no_other_folder() => Assert.Empty(Needed("Common"));

    static IReadOnlyList<string> Folders(string layer) =>
        [.. new DirectoryInfo(Path.Join(Sources, layer)).EnumerateDirectories().Select(folder => folder.Name).Where(name => name is not ("bin" or "obj"))];

    // By the using directives: the build refuses one that is not used.
    static IReadOnlyList<string> Needed(string folder) =>
        [.. Directory.EnumerateFiles(Path.Join(Sources, "LangSmithPg.Core", folder), "*.cs", SearchOption.AllDirectories)
            .SelectMany(File.ReadLines)
            .Select(line => Using().Match(line))
            .Where(match => match.Success)
            .Select(match => match.Groups["folder"].Value)
            .Where(other => other != folder)
            .Distinct()];

    [GeneratedRegex(@"^using (static |\w+ = )?LangSmithPg\.(?<folder>\w+)")]
    private static partial Regex Using();
}
