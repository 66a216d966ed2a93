using System.Text.RegularExpressions;

namespace LangSmithPg.Charts.Reading;

/// <summary>A template of Helm, as far as its blocks go: what it defines, and under which conditions the rest stands.</summary>
sealed partial class TemplateText
{
    // Milliseconds. A chart is somebody else's text, and one made for it would keep the search for the end of its braces busy for hours.
    const int Patience = 2000;

    readonly Dictionary<string, string> _definitions = new(StringComparer.Ordinal);
    readonly List<(int Start, int End, string Condition)> _conditions = [];

    /// <exception cref="FormatException">It is none.</exception>
    public TemplateText(string text)
    {
        try
        {
            Body = Read(text);
        }
        catch (RegexMatchTimeoutException)
        {
            throw new FormatException("An action in a template is not closed: this is not a valid Helm template.");
        }
    }

    /// <summary>What it defines, by name.</summary>
    public IReadOnlyDictionary<string, string> Definitions => _definitions;

    /// <summary>The text with blanks where something is defined.</summary>
    public string Body { get; }

    /// <summary>The conditions under which a place of the text is rendered, from the outermost in.</summary>
    public IEnumerable<string> ConditionsAt(int place) =>
        _conditions.Where(block => block.Start < place && place < block.End).OrderBy(block => block.Start).Select(block => block.Condition);

    string Read(string text)
    {
        text = Comment().Replace(text, match => new(' ', match.Length));
        var body = text.ToCharArray();
        Stack<Match> open = [];
        foreach (Match action in Action().Matches(text))
        {
            if (action.Groups["word"].Value != "end")
            {
                open.Push(action);
            }
            else if (open.TryPop(out var start))
            {
                var argument = ArgumentOf(start);
                if (start.Groups["word"].Value == "define")
                {
                    _definitions[argument.Trim('"', '`')] = text[(start.Index + start.Length)..action.Index];
                    body.AsSpan(start.Index, action.Index + action.Length - start.Index).Fill(' ');
                }
                else if (start.Groups["word"].Value == "if")
                {
                    _conditions.Add((start.Index, action.Index, argument));
                }
            }
        }

        return new(body);
    }

    // The sign that eats the blanks behind the braces is none of it.
    static string ArgumentOf(Match action) =>
        action.Groups["argument"].Value is var argument && argument.EndsWith('-') ? argument[..^1].Trim() : argument.Trim();

    [GeneratedRegex(@"\{\{-?\s*/\*.*?\*/\s*-?\}\}", RegexOptions.Singleline, Patience)]
    private static partial Regex Comment();

    // "else" neither opens nor closes; plain values do not matter.
    [GeneratedRegex(
        @"\{\{-?\s*(?<word>if|with|range|define|block|end)\b(?<argument>(?>(""(\\.|[^""\\])*""|`[^`]*`|[^""`}]|\}(?!\}))*))\}\}",
        RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Action();
}
