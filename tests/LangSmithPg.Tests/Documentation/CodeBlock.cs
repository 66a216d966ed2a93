using System.Text.RegularExpressions;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Documentation;

/// <summary>PowerShell in a document or sample.</summary>
/// <param name="Document">Its path in the repository.</param>
/// <param name="Section">The heading above it; empty in a sample.</param>
/// <param name="Number">Its place in the document, from 1.</param>
/// <param name="Code">The commands.</param>
sealed partial record CodeBlock(string Document, string Section, int Number, string Code)
{
    /// <summary>The blocks of a page, those in lists too.</summary>
    public static IReadOnlyList<CodeBlock> OfPage(string document)
    {
        var text = ReadText(document);
        var headings = Heading().Matches(text);
        return
        [
            .. Fence().Matches(text).Select((match, index) => new CodeBlock(
                document, headings.LastOrDefault(heading => heading.Index < match.Index)?.Groups[1].Value ?? "", index + 1,
                Regex.Replace(match.Groups["code"].Value, $"^{match.Groups["indent"].Value}", "", RegexOptions.Multiline))),
        ];
    }

    /// <summary>The scripts of a pipeline, which stand below a key as <c>run: |</c>, as one.</summary>
    public static CodeBlock OfPipeline(string document, string key) => new(
        document, "", 1, string.Join('\n', Regex.Matches(
            ReadText(document), $@"^(?<indent> *)(- )?{key}: \|\n(?<body>(\k<indent> +.*\n|\n)+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture).Select(match => match.Groups["body"].Value)));

    /// <summary>A script as it is.</summary>
    public static CodeBlock OfScript(string document) => new(document, "", 1, ReadText(document));

    public override string ToString() => Section.Length > 0 ? $"{Document}: {Section}" : Document;

    static string ReadText(string document) => File.ReadAllText(Path.Join(BuildPaths.Repository, document)).ReplaceLineEndings("\n");

    [GeneratedRegex("^#{2,} (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^(?<indent> *)```powershell\n(?<code>.*?)^\k<indent>```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();
}
