using System.Text.RegularExpressions;

namespace LangSmithPg.Charts;

/// <summary>Parses conditions in words, such as <c>a.enabled and (b.enabled or c is mixed)</c>.</summary>
static partial class ConditionParser
{
    public static Condition Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Queue<string> words = new(Word().Matches(text).Select(match => match.Value));
        var condition = ParseOr(words);
        return words.Count == 0 ? condition : Condition.Unknown("unknown");
    }

    static Condition ParseOr(Queue<string> words) => ParseChain(words, "or", Condition.Or, () => ParseChain(words, "and", Condition.And, () => ParseOne(words)));

    static Condition ParseChain(Queue<string> words, string with, Func<IReadOnlyList<Condition>, Condition> join, Func<Condition> parse)
    {
        List<Condition> operands = [parse()];
        while (words.TryPeek(out var word) && word == with)
        {
            words.Dequeue();
            operands.Add(parse());
        }

        return operands is [var only] ? only : join(operands);
    }

    static Condition ParseOne(Queue<string> words)
    {
        if (!words.TryDequeue(out var word) || word is ")" or "and" or "or" or "is" or "unknown")
        {
            return Condition.Unknown("unknown");
        }

        if (word is "always" or "not")
        {
            return word == "not" ? Condition.Not(ParseOne(words)) : Condition.Always;
        }

        if (word == "(")
        {
            var inner = ParseOr(words);
            return words.TryDequeue(out var end) && end == ")" ? inner : Condition.Unknown("unknown");
        }

        if (!words.TryPeek(out var next) || next != "is")
        {
            return Condition.Path(word);
        }

        words.Dequeue();
        var isNot = words.TryPeek(out next) && next == "not" && words.TryDequeue(out _);
        var same = words.TryDequeue(out var value) ? Condition.Equal([Condition.Path(word), Condition.Literal(value)]) : Condition.Unknown("unknown");
        return isNot ? Condition.Not(same) : same;
    }

    [GeneratedRegex(@"[()]|[^\s()]+")]
    private static partial Regex Word();
}
