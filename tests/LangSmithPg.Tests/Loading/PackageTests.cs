using System.Text.RegularExpressions;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Loading;

/// <summary>The module as the build stages it, which is what is packed.</summary>
public sealed partial class PackageTests
{
    static readonly string Module = Path.GetDirectoryName(BuildPaths.ModuleManifest)!;
    static readonly string Repository = Path.GetFullPath(Path.Join(Module, "..", "..", ".."));

    [Fact]
    public void The_staged_module_holds_what_is_listed_and_nothing_else() =>
        Assert.Equal(
            File.ReadAllLines(Path.Join(Repository, "package", "files.txt")).Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(Module, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Module, file).Replace('\\', '/')).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_library_of_others_has_its_notice_and_licence()
    {
        var notices = File.ReadAllText(Path.Join(Module, "THIRD-PARTY-NOTICES.txt"));
        var shipped = Directory.EnumerateFiles(Path.Join(Module, "dependencies"), "*.dll", SearchOption.AllDirectories)
            .Select(file => Path.GetFileName(file)).Where(file => !file.StartsWith("LangSmithPg.", StringComparison.Ordinal)).Distinct();

        Assert.Equal(shipped.Order(StringComparer.Ordinal), Libraries().Matches(notices).Select(one => one.Groups[1].Value).Order(StringComparer.Ordinal));
        Assert.All(
            Licences().Matches(notices).Select(one => one.Groups[1].Value).Distinct(),
            licence => Assert.Contains($"================================================================================\n{licence}\n\n", notices.ReplaceLineEndings("\n"), StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^    (\S+\.dll)\r?$", RegexOptions.Multiline)]
    private static partial Regex Libraries();

    [GeneratedRegex(@"^Licence: (.+?)\r?$", RegexOptions.Multiline)]
    private static partial Regex Licences();
}
