using System.Management.Automation.Language;
using System.Text;
using System.Text.RegularExpressions;
using LangSmithPg.Tests.Help;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Documentation;

/// <summary>The Chinese README and about topic have what the English ones have: every cmdlet, the same sections and the same code.</summary>
public sealed partial class TranslationTests
{
    const string Readme = "README.md";
    const string Topic = "about_LangSmithPg.help.txt";

    [Theory]
    [InlineData(Readme)]
    [InlineData(Topic)]
    public void Every_cmdlet_is_named_and_no_other(string name)
    {
        var text = Translation(name);

        Assert.All(Cmdlets.All.Keys, cmdlet => Assert.Contains(cmdlet, text, StringComparison.Ordinal));
        Assert.All(CmdletNames().Matches(text).Select(one => one.Value), one => Assert.Contains(one, Cmdlets.All.Keys));
    }

    [Theory]
    [InlineData(Readme)]
    [InlineData(Topic)]
    public void A_file_is_UTF_8_without_a_mark_and_ends_its_lines_as_the_others_do(string name)
    {
        var bytes = File.ReadAllBytes(PathOf(name));

        Assert.NotEqual<byte>([0xEF, 0xBB, 0xBF], bytes[..3]);
        Assert.Equal(bytes, Encoding.UTF8.GetBytes(new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes)));
    }

    [Fact]
    public void The_README_has_the_sections_and_the_code_of_the_English_one()
    {
        var (english, chinese) = (Original(Readme), Translation(Readme));

        Assert.Equal(Headings().Matches(english).Select(one => one.Groups[1].Value), Headings().Matches(chinese).Select(one => one.Groups[1].Value));
        var blocks = Blocks().Matches(english);
        Assert.True(blocks.Count > 20, $"Only {blocks.Count} blocks of code were found.");
        Assert.Equal(blocks.Select(one => one.Groups["language"].Value), Blocks().Matches(chinese).Select(one => one.Groups["language"].Value));
        Assert.Equal(blocks.Select(Code), Blocks().Matches(chinese).Select(Code));
    }

    [Fact]
    public void Links_of_the_README_lead_to_files()
    {
        Assert.Contains("](docs/zh-CN/README.md)", Original(Readme), StringComparison.Ordinal);
        var links = Links().Matches(Blocks().Replace(Translation(Readme), "")).Select(one => one.Groups[1].Value).ToArray();
        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.True(File.Exists(Path.Join(BuildPaths.Repository, "docs", "zh-CN", link)), link));
    }

    [Fact]
    public void The_topic_has_the_code_of_the_English_one_and_fits_a_console_of_80_columns()
    {
        var (english, chinese) = (Indented(Original(Topic)), Indented(Translation(Topic)));

        Assert.True(english.Length > 10, $"Only {english.Length} lines of code were found.");
        Assert.Equal(english, chinese);
        Assert.All(Translation(Topic).Split('\n'), line => Assert.True(line.Sum(one => one >= 0x2E80 ? 2 : 1) <= 80 && line == line.TrimEnd(), line));
    }

    [Fact]
    public async Task Get_Help_shows_the_topic_in_Chinese_and_the_rest_in_English()
    {
        var shown = (await Pwsh.RunAsync($"""
            [cultureinfo]::CurrentUICulture = 'zh-CN'
            [Console]::OutputEncoding = [Text.Encoding]::UTF8
            Import-Module '{BuildPaths.ModuleManifest}'
            "topic: $(Get-Help about_LangSmithPg)"
            "other: $(Get-Help about_LangSmithPg_Tasks)"
            "cmdlet: $((Get-Help Test-LangSmithPgReadiness).Synopsis)"
            """, Path.GetTempPath())).Output.ReplaceLineEndings("\n");

        Assert.Contains("将自托管的 LangSmith 连接到您自己的 PostgreSQL。", shown, StringComparison.Ordinal);
        Assert.Contains("other: TOPIC\n    about_LangSmithPg_Tasks", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("Connects self-hosted LangSmith to your own PostgreSQL.", shown, StringComparison.Ordinal);
        Assert.Matches(@"cmdlet: Tests ", shown);
    }

    static string PathOf(string name) => Path.Join(BuildPaths.Repository, "docs", "zh-CN", name);

    static string Translation(string name) => File.ReadAllText(PathOf(name)).ReplaceLineEndings("\n");

    static string Original(string name) =>
        File.ReadAllText(Path.Join(name == Topic ? Path.Join(BuildPaths.Repository, "en-US") : BuildPaths.Repository, name)).ReplaceLineEndings("\n");

    // PowerShell without its comments; anything else, such as output, as it is.
    static string Code(Match block)
    {
        var code = block.Groups["code"].Value;
        if (block.Groups["language"].Value != "powershell")
        {
            return code;
        }

        Parser.ParseInput(code, out var tokens, out _);
        return string.Join(' ', tokens.Where(token => token.Kind is not (TokenKind.Comment or TokenKind.NewLine)).Select(token => token.Text));
    }

    // The commands above the list of cmdlets, without their comments.
    static string[] Indented(string topic) =>
    [
        .. topic.Split('\n').SkipWhile(line => line != "LONG DESCRIPTION").Skip(1).TakeWhile(line => line.Length == 0 || line[0] == ' ')
            .Where(line => line.StartsWith("        ", StringComparison.Ordinal) && !line.TrimStart().StartsWith('#')),
    ];

    [GeneratedRegex(@"\b[A-Z][A-Za-z]+-LangSmith\w+")]
    private static partial Regex CmdletNames();

    // Their levels: the words differ.
    [GeneratedRegex(@"^(#{2,4}) ", RegexOptions.Multiline)]
    private static partial Regex Headings();

    [GeneratedRegex(@"^```(?<language>\w*)\n(?<code>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)")]
    private static partial Regex Links();
}
