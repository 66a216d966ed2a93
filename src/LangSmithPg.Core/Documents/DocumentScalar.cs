namespace LangSmithPg.Documents;

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
