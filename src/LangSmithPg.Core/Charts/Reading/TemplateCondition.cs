using System.Text.RegularExpressions;

namespace LangSmithPg.Charts.Reading;

/// <summary>A condition of Go's templates, such as <c>and .Values.a (or .Values.b .Values.c)</c>.</summary>
sealed partial class TemplateCondition
{
    readonly string _word;
    readonly IReadOnlyList<TemplateCondition> _operands;

    TemplateCondition(string word, IReadOnlyList<TemplateCondition> operands) => (_word, _operands) = (word, operands);

    /// <summary>Reads conditions that have to hold together.</summary>
    public static TemplateCondition All(IEnumerable<string> conditions)
    {
        List<TemplateCondition> operands = [.. conditions.Select(text => Read(new(Token().Matches(text).Select(match => match.Value))))];
        return operands.Count == 1 ? operands[0] : new("and", operands);
    }

    /// <summary>Whether it holds; null when that hangs on more than values and the functions known here.</summary>
    /// <param name="valueOf">The value at a path, null when there is none.</param>
    public bool? Holds(Func<string, string?> valueOf)
    {
        var operands = _operands.Select(operand => operand.Holds(valueOf)).ToList();
        return _word switch
        {
            "and" => operands.Contains(false) ? false : operands.Contains(null) ? null : true,
            "or" => operands.Contains(true) ? true : operands.Contains(null) ? null : false,
            "not" when operands.Count == 1 => !operands[0],
            "eq" or "ne" when _operands.All(operand => operand.IsPlain) =>
                _operands.Select(operand => operand.Text(valueOf)).Distinct(StringComparer.Ordinal).Count() == 1 == (_word == "eq"),
            _ when _operands.Count == 0 && IsPlain => Text(valueOf) is not (null or "" or "false" or "0"),
            _ => null,
        };
    }

    /// <summary>The condition as one says it: <c>a and (b or c)</c>.</summary>
    public override string ToString() => _word switch
    {
        "and" when _operands.Count == 0 => "always",
        "and" or "or" => string.Join($" {_word} ", _operands.Select(operand => operand.Inner(_word))),
        "not" => $"not {string.Join(' ', _operands.Select(operand => operand.Inner(_word)))}",
        "eq" when _operands.Count == 2 => $"{_operands[0]} is {_operands[1]}",
        "ne" when _operands.Count == 2 => $"{_operands[0]} is not {_operands[1]}",
        _ => string.Join(' ', [Shown, .. _operands.Select(operand => operand.Inner(_word))]),
    };

    const string Values = ".Values.";

    bool IsPath => _word.TrimStart('$').StartsWith(Values, StringComparison.Ordinal);

    bool IsPlain => _operands.Count == 0 && (IsPath || _word[0] == '"' || _word is "true" or "false");

    string Shown => IsPath ? _word.TrimStart('$')[Values.Length..] : _word.Trim('"');

    string? Text(Func<string, string?> valueOf) => IsPath ? valueOf(Shown) : Shown;

    string Inner(string outer) => _operands.Count > 0 && _word is "and" or "or" && _word != outer ? $"({this})" : ToString();

    // A function and what it is given, up to the end or the closing parenthesis.
    static TemplateCondition Read(Queue<string> tokens)
    {
        List<TemplateCondition> parts = [];
        while (tokens.TryDequeue(out var token) && token != ")")
        {
            parts.Add(token == "(" ? Read(tokens) : new(token, []));
        }

        return parts.Count switch
        {
            0 => new("true", []),
            1 => parts[0],
            _ => new(parts[0]._operands.Count > 0 ? $"({parts[0]})" : parts[0]._word, [.. parts.Skip(1)]),
        };
    }

    [GeneratedRegex(@"[()]|""(\\.|[^""\\])*""|[^\s()]+", RegexOptions.ExplicitCapture)]
    private static partial Regex Token();
}
