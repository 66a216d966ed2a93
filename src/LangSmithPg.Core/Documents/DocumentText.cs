namespace LangSmithPg.Documents;

/// <summary>A text.</summary>
/// <param name="Value">The text.</param>
sealed record DocumentText(string Value) : DocumentScalar
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
