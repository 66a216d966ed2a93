using System.Text.RegularExpressions;

namespace LangSmithPg.Tests.Help;

/// <summary>A cmdlet's page in docs/en-US, by its headings.</summary>
sealed partial class HelpPage
{
    readonly IReadOnlyDictionary<string, string> _sections;

    HelpPage(string name, string text)
    {
        Name = name;
        Text = text;
        Head = text[..text.IndexOf("\n# ", StringComparison.Ordinal)];
        _sections = Sections(text, 2).ToDictionary(one => one.Title, one => one.Body);
        Examples =
        [
            .. Sections(this["EXAMPLES"], 3).Select((one, index) =>
            {
                var parts = ExampleParts().Match(one.Body);
                return new HelpExample(
                    name, index + 1, one.Title, parts.Groups["code"].Value, parts.Groups["output"] is { Success: true } output ? output.Value : null,
                    Fence().Replace(parts.Groups["remarks"].Value, "").Trim());
            }),
        ];
        Parameters = [.. Sections(this["PARAMETERS"], 3).Where(one => one.Title != "CommonParameters").Select(one => ParameterOf(one.Title, one.Body))];
    }

    public static string Folder { get; } = Path.Join(Sessions.BuildPaths.Repository, "docs", "en-US");

    public static IReadOnlyList<HelpPage> All { get; } = [.. Directory.GetFiles(Folder, "*-*.md").Order(StringComparer.Ordinal).Select(Read)];

    public static TheoryData<string> Names { get; } = [.. All.Select(page => page.Name)];

    public string Name { get; }

    public string Text { get; }

    /// <summary>The metadata at the top.</summary>
    public string Head { get; }

    public IReadOnlyList<HelpExample> Examples { get; }

    public IReadOnlyList<HelpParameter> Parameters { get; }

    /// <summary>Names and descriptions.</summary>
    public IReadOnlyList<(string Title, string Body)> Inputs => Sections(this["INPUTS"], 3);

    public IReadOnlyList<(string Title, string Body)> Outputs => Sections(this["OUTPUTS"], 3);

    /// <summary>Texts and addresses.</summary>
    public IEnumerable<(string Title, string Address)> Links => Link().Matches(this["RELATED LINKS"]).Select(one => (one.Groups[1].Value, one.Groups[2].Value));

    /// <summary>The syntax of each parameter set, on one line.</summary>
    public IReadOnlyDictionary<string, string> Syntax => Sections(this["SYNTAX"], 3).ToDictionary(
        one => one.Title.Replace(" (Default)", "", StringComparison.Ordinal), one => Gap().Replace(Fence().Replace(one.Body, ""), " ").Trim());

    public string this[string section] => _sections.GetValueOrDefault(section, "");

    public static HelpPage Of(string name) => All.Single(page => page.Name == name);

    static HelpPage Read(string path) => new(Path.GetFileNameWithoutExtension(path), File.ReadAllText(path));

    static HelpParameter ParameterOf(string title, string body)
    {
        var block = Block().Match(body);
        var metadata = block.Groups[1].Value;
        var value = Default().Match(metadata).Groups[1].Value;
        return new(
            title.TrimStart('-'), body[..block.Index].Trim(), value.StartsWith('\'') ? value[1..^1].Replace("''", "'", StringComparison.Ordinal) : value,
            Default().Replace(metadata, ""));
    }

    // Headings of one level and what stands below; in a fenced block nothing is a heading.
    static List<(string Title, string Body)> Sections(string text, int level)
    {
        List<(string Title, List<string> Lines)> sections = [];
        var mark = new string('#', level) + " ";
        var isFenced = false;
        foreach (var line in text.Split('\n'))
        {
            isFenced ^= line.StartsWith("```", StringComparison.Ordinal);
            if (!isFenced && line.StartsWith(mark, StringComparison.Ordinal))
            {
                sections.Add((line[mark.Length..], []));
            }
            else if (sections.Count > 0)
            {
                sections[^1].Lines.Add(line);
            }
        }

        return [.. sections.Select(one => (one.Title, string.Join('\n', one.Lines).Trim()))];
    }

    [GeneratedRegex(@"\A```powershell\n(?<code>.*?)\n```\s*(?<remarks>(```output\n(?<output>.*?)\n```)?.*)\z", RegexOptions.Singleline)]
    private static partial Regex ExampleParts();

    [GeneratedRegex(@"^```\w*\n?", RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^DefaultValue: (.*)\n", RegexOptions.Multiline)]
    private static partial Regex Default();

    [GeneratedRegex(@"\[([^\]]+)\]\(([^)]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Gap();
}

/// <summary>A parameter as a page describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it does.</param>
/// <param name="Default">What holds without it; empty for one that has to be given.</param>
/// <param name="Metadata">The block below it, without the default.</param>
sealed record HelpParameter(string Name, string Description, string Default, string Metadata);
