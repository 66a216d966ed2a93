namespace LangSmithPg.Charts;

/// <summary>A condition on values, such as <c>a.enabled and (b.enabled or c is mixed)</c>. It can hang on more than values.</summary>
sealed class Condition : IEquatable<Condition>
{
    enum Kind { Always, Unknown, And, Or, Not, Equal, Path, Literal }

    readonly Kind _kind;
    readonly string _text;
    readonly IReadOnlyList<Condition> _operands;

    Condition(Kind kind, string text, IReadOnlyList<Condition> operands) => (_kind, _text, _operands) = (kind, text, operands);

    /// <summary>Holds under all values.</summary>
    public static Condition Always { get; } = new(Kind.Always, "always", []);

    /// <summary>Hangs on more than values.</summary>
    /// <param name="text">What it hangs on.</param>
    /// <param name="operands">What a function is given.</param>
    public static Condition Unknown(string text, params IReadOnlyList<Condition> operands) => new(Kind.Unknown, text, operands);

    /// <summary>The value at a path, with dots, is taken for a flag.</summary>
    /// <param name="path">The path.</param>
    public static Condition Path(string path) => new(Kind.Path, path, []);

    /// <summary>A constant.</summary>
    /// <param name="text">Its text.</param>
    public static Condition Literal(string text) => new(Kind.Literal, text, []);

    /// <summary>Every operand holds.</summary>
    /// <param name="operands">The operands.</param>
    public static Condition And(IReadOnlyList<Condition> operands) => operands.Count == 0 ? Always : new(Kind.And, "and", operands);

    /// <summary>At least one operand holds.</summary>
    /// <param name="operands">The operands.</param>
    public static Condition Or(IReadOnlyList<Condition> operands) => new(Kind.Or, "or", operands);

    /// <summary>The operand does not hold.</summary>
    /// <param name="operand">The operand.</param>
    public static Condition Not(Condition operand) => new(Kind.Not, "not", [operand]);

    /// <summary>Values and constants are all the same.</summary>
    /// <param name="operands">Paths and literals.</param>
    public static Condition Equal(IReadOnlyList<Condition> operands) =>
        operands.All(operand => operand.IsValue) ? new(Kind.Equal, "eq", operands) : Unknown("eq", operands);

    /// <summary>Parses a condition as <see cref="ToString"/> writes it. What it cannot read is unknown.</summary>
    /// <param name="text">The condition.</param>
    public static Condition Parse(string text) => ConditionParser.Parse(text);

    bool IsValue => _kind is Kind.Path or Kind.Literal;

    /// <summary>The paths, with dots, whose values are taken for a flag.</summary>
    public IEnumerable<string> Paths => _kind switch
    {
        Kind.And or Kind.Or or Kind.Not => _operands.SelectMany(operand => operand.Paths),
        Kind.Path => [_text],
        _ => [],
    };

    /// <summary>Whether it depends on values alone.</summary>
    public bool IsOfValues => _kind != Kind.Unknown && _operands.All(operand => operand.IsOfValues);

    /// <summary>All paths, with dots, that it depends on.</summary>
    public IEnumerable<string> AllPaths => _kind == Kind.Path ? [_text] : _operands.SelectMany(operand => operand.AllPaths);

    /// <summary>Whether it holds; null when that hangs on more than values.</summary>
    /// <param name="valueOf">The value at a path with dots, null when there is none.</param>
    public bool? Holds(Func<string, string?> valueOf)
    {
        ArgumentNullException.ThrowIfNull(valueOf);
        var operands = _kind is Kind.And or Kind.Or or Kind.Not ? _operands.Select(operand => operand.Holds(valueOf)).ToList() : [];
        return _kind switch
        {
            Kind.Always => true,
            Kind.And => operands.Contains(false) ? false : operands.Contains(null) ? null : true,
            Kind.Or => operands.Contains(true) ? true : operands.Contains(null) ? null : false,
            Kind.Not => !operands[0],
            Kind.Equal => _operands.Select(operand => operand.ValueIn(valueOf)).Distinct(StringComparer.Ordinal).Count() == 1,
            Kind.Path or Kind.Literal => ValueIn(valueOf) is not (null or "" or "false" or "0"),
            _ => null,
        };
    }

    string? ValueIn(Func<string, string?> valueOf) => _kind == Kind.Path ? valueOf(_text) : _text;

    /// <inheritdoc/>
    public bool Equals(Condition? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Condition);

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>The condition in words.</summary>
    public override string ToString() => this switch
    {
        { _kind: Kind.And or Kind.Or } => string.Join($" {_text} ", _operands.Select(operand => operand.Inside(this))),
        { _kind: Kind.Not, _operands: [{ _kind: Kind.Equal, _operands: [var left, var right] }] } => $"{left} is not {right}",
        { _kind: Kind.Equal, _operands: [var left, var right] } => $"{left} is {right}",
        _ => string.Join(' ', [_text, .. _operands.Select(operand => operand.Inside(this))]),
    };

    string Inside(Condition outer) => _operands.Count > 0 && _kind is Kind.And or Kind.Or && _kind != outer._kind ? $"({this})" : ToString();
}
