using System.Text.RegularExpressions;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Faults;

/// <summary>The table of faults in docs/reliability.md and the tests behind it are the same.</summary>
public sealed partial class ReliabilityTableTests
{
    static readonly string Tests = Path.Join(BuildPaths.Repository, "tests");

    [Fact]
    public void Every_test_that_the_table_names_is_there()
    {
        var named = Named();

        Assert.True(named.Count > 60);
        Assert.All(named, name => Assert.True(
            Sources($"{name.Class}.cs").Any(source => source.Contains($" {name.Method}(", StringComparison.Ordinal)), $"There is no test {name}."));
    }

    [Fact]
    public void Every_fault_test_is_in_the_table()
    {
        var named = Named();
        var written = Directory.EnumerateFiles(Tests, "*.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == "Faults" && !file.EndsWith("TableTests.cs", StringComparison.Ordinal))
            .SelectMany(file => Methods().Matches(File.ReadAllText(file)).Select(match => (Path.GetFileNameWithoutExtension(file), match.Groups[1].Value)))
            .ToList();

        Assert.True(written.Count > 40);
        Assert.Empty(written.Except(named));
    }

    static List<(string Class, string Method)> Named() =>
        [.. Names().Matches(File.ReadAllText(Path.Join(BuildPaths.Repository, "docs", "reliability.md"))).Select(match => (match.Groups[1].Value, match.Groups[2].Value))];

    static IEnumerable<string> Sources(string name) => Directory.EnumerateFiles(Tests, name, SearchOption.AllDirectories).Select(File.ReadAllText);

    [GeneratedRegex("`(\\w+Tests)\\.(\\w+)`")]
    private static partial Regex Names();

    [GeneratedRegex(@"\[(?:Fact|Theory)\]\s+(?:\[[^\n]*\]\s+)*public (?:async Task|void) (\w+)\(")]
    private static partial Regex Methods();
}
