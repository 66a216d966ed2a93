using System.Management.Automation;

namespace LangSmithPg.Binding;

/// <summary>
/// Reads an empty text, such as an empty column of a CSV file, as "not given", and <c>verify-full</c> as <c>VerifyFull</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OptionalTextAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
        {
            string text when string.IsNullOrWhiteSpace(text) => null,
            string text => text.Trim().Replace("-", "", StringComparison.Ordinal),
            _ => inputData,
        };
}
