using System.Globalization;

namespace LangSmithPg.Documents;

/// <summary>A whole number.</summary>
/// <param name="Value">The number.</param>
sealed record DocumentNumber(long Value) : DocumentScalar
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
