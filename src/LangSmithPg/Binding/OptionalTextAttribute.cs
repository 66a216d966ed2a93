using System.Management.Automation;

namespace LangSmithPg.Binding;

/// <summary>
/// Lets an optional parameter take text, as a column of a CSV file has it: empty means not given, and <c>verify-full</c> means
/// <c>VerifyFull</c>. PowerShell passes over a property of the input that it cannot convert; here that is an error of its row, for a
/// connection must not become another one.
/// </summary>
/// <param name="type">What the text is to become: a number, an enumeration, or <see cref="bool"/> for a switch.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OptionalTextAttribute(Type type) : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (value is null || (value is string text && string.IsNullOrWhiteSpace(text)))
        {
            return type == typeof(bool) ? false : null;
        }

        return Convert(value)
            // Not the value itself: in a row whose columns have slipped, it may be the password.
            ?? throw new ArgumentTransformationMetadataException($"Give {Expected}.");
    }

    string Expected => type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type))}" : type == typeof(bool) ? "true or false" : "a whole number";

    object? Convert(object value)
    {
        if (value is string text)
        {
            // To PowerShell, any text is true.
            if (type == typeof(bool))
            {
                return bool.TryParse(text, out var flag) ? flag : null;
            }

            value = type.IsEnum ? text.Trim().Replace("-", "", StringComparison.Ordinal) : text.Trim();
        }

        return LanguagePrimitives.TryConvertTo(value, type, out var converted) && !(type.IsEnum && !Enum.IsDefined(type, converted)) ? converted : null;
    }
}
