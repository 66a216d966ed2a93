using System.Text.RegularExpressions;

namespace LangSmithPg.Charts;

/// <summary>
/// What a component depends on, as <see cref="ChartComponent.EnabledWhen"/> says it: <c>a.enabled and (b.enabled or c is mixed)</c>.
/// </summary>
sealed partial class ValuesCondition
{
    readonly string _word;
    readonly IReadOnlyList<ValuesCondition> _operands;

    ValuesCondition(string word, params IReadOnlyList<ValuesCondition> operands) => (_word, _operands) = (word, operands);

    /// <summary>The paths, with dots, whose values are taken for a flag.</summary>
    public IEnumerable<string> Paths => _word switch
    {
        "and" or "or" or "not" => _operands.SelectMany(operand => operand.Paths),
        "always" or "unknown" or "is" => [],
        _ => [_word],
    };

    /// <summary>Reads a condition. What it cannot read depends on more than values.</summary>
    /// <param name="text">The condition.</param>
    public static ValuesCondition Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Queue<string> words = new(Word().Matches(text).Select(match => match.Value));
        var condition = ReadChoice(words);
        return words.Count == 0 ? condition : new("unknown");
    }

    /// <summary>Whether it holds; null when that hangs on more than values.</summary>
    /// <param name="valueOf">The value at a path with dots, null when there is none.</param>
    public bool? Holds(Func<string, string?> valueOf)
    {
        ArgumentNullException.ThrowIfNull(valueOf);
        var operands = _word is "and" or "or" or "not" ? _operands.Select(operand => operand.Holds(valueOf)).ToList() : [];
        return _word switch
        {
            "always" => true,
            "and" => operands.Contains(false) ? false : operands.Contains(null) ? null : true,
            "or" => operands.Contains(true) ? true : operands.Contains(null) ? null : false,
            "not" => !operands[0],
            "is" => valueOf(_operands[0]._word) == _operands[1]._word,
            "unknown" => null,
            _ => valueOf(_word) is not (null or "" or "false" or "0"),
        };
    }

    static ValuesCondition ReadChoice(Queue<string> words) => ReadChain(words, "or", () => ReadChain(words, "and", () => ReadOne(words)));

    static ValuesCondition ReadChain(Queue<string> words, string with, Func<ValuesCondition> read)
    {
        List<ValuesCondition> operands = [read()];
        while (words.TryPeek(out var word) && word == with)
        {
            words.Dequeue();
            operands.Add(read());
        }

        return operands is [var only] ? only : new(with, operands);
    }

    static ValuesCondition ReadOne(Queue<string> words)
    {
        if (!words.TryDequeue(out var word) || word is ")" or "and" or "or" or "is")
        {
            return new("unknown");
        }

        if (word == "not")
        {
            return new("not", ReadOne(words));
        }

        if (word == "(")
        {
            var inner = ReadChoice(words);
            return words.TryDequeue(out var end) && end == ")" ? inner : new("unknown");
        }

        if (!words.TryPeek(out var next) || next != "is")
        {
            return new(word);
        }

        words.Dequeue();
        var isNot = words.TryPeek(out next) && next == "not" && words.TryDequeue(out _);
        var same = words.TryDequeue(out var value) ? new ValuesCondition("is", new(word), new(value)) : new("unknown");
        return isNot ? new("not", same) : same;
    }

    [GeneratedRegex(@"[()]|[^\s()]+")]
    private static partial Regex Word();
}
