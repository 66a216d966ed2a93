namespace LangSmithPg.Documents;

/// <summary>True or false.</summary>
/// <param name="Value">The value.</param>
sealed record DocumentFlag(bool Value) : DocumentScalar
{
    /// <inheritdoc/>
    public override string ToString() => Value ? "true" : "false";
}
