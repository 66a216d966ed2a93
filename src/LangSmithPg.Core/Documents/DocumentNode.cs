using System.Globalization;

namespace LangSmithPg.Documents;

/// <summary>A piece of a document to be written, such as a manifest: a map, a list or a scalar.</summary>
public abstract record DocumentNode
{
    private protected DocumentNode()
    {
    }
}

/// <summary>A single value.</summary>
abstract record DocumentScalar : DocumentNode
{
    private protected DocumentScalar()
    {
    }

    /// <summary>A text.</summary>
    /// <param name="value">The text.</param>
    public static implicit operator DocumentScalar(string value) => new DocumentText(value);

    /// <summary>True or false.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator DocumentScalar(bool value) => new DocumentFlag(value);

    /// <summary>A whole number.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator DocumentScalar(long value) => new DocumentNumber(value);
}

/// <summary>A text.</summary>
/// <param name="Value">The text.</param>
sealed record DocumentText(string Value) : DocumentScalar
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A whole number.</summary>
/// <param name="Value">The number.</param>
sealed record DocumentNumber(long Value) : DocumentScalar
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>True or false.</summary>
/// <param name="Value">The value.</param>
sealed record DocumentFlag(bool Value) : DocumentScalar
{
    /// <inheritdoc/>
    public override string ToString() => Value ? "true" : "false";
}

/// <summary>Several pieces, in order.</summary>
/// <param name="Items">The pieces.</param>
sealed record DocumentList(IReadOnlyList<DocumentNode> Items) : DocumentNode;
