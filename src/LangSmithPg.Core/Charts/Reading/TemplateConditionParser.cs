using System.Text.RegularExpressions;

namespace LangSmithPg.Charts.Reading;

/// <summary>Parses conditions of Go templates, such as <c>and .Values.a (or .Values.b .Values.c)</c>.</summary>
static partial class TemplateConditionParser
{
    const string Values = ".Values.";

    /// <summary>Parses conditions that have to hold together.</summary>
    /// <param name="conditions">The conditions.</param>
    public static Condition ParseAll(IEnumerable<string> conditions)
    {
        List<Condition> operands = [.. conditions.Select(text => Parse(new(Token().Matches(text).Select(match => match.Value))))];
        return operands is [var only] ? only : Condition.And(operands);
    }

    // A function and its arguments, up to the end or the closing parenthesis.
    static Condition Parse(Queue<string> tokens)
    {
        List<(string? Word, Condition Condition)> parts = [];
        while (tokens.TryDequeue(out var token) && token != ")")
        {
            parts.Add(token == "(" ? (null, Parse(tokens)) : (token, Operand(token)));
        }

        return parts switch
        {
            [] => Condition.Literal("true"),
            [("and", _)] => Condition.Always,
            [var only] => only.Condition,
            [var function, ..] => Call(function.Word ?? $"({function.Condition})", [.. parts.Skip(1).Select(part => part.Condition)]),
        };
    }

    static Condition Operand(string token) => token switch
    {
        _ when token.TrimStart('$').StartsWith(Values, StringComparison.Ordinal) => Condition.Path(token.TrimStart('$')[Values.Length..]),
        ['"', ..] or "true" or "false" => Condition.Literal(token.Trim('"')),
        _ => Condition.Unknown(token),
    };

    static Condition Call(string function, IReadOnlyList<Condition> operands) => function switch
    {
        "and" => Condition.And(operands),
        "or" => Condition.Or(operands),
        "not" when operands is [var only] => Condition.Not(only),
        "eq" => Condition.Equal(operands),
        "ne" => Condition.Not(Condition.Equal(operands)),
        _ => Condition.Unknown(function, operands),
    };

    [GeneratedRegex(@"[()]|""(\\.|[^""\\])*""|[^\s()]+", RegexOptions.ExplicitCapture)]
    private static partial Regex Token();
}
