using System.Management.Automation;

namespace LangSmithPg.Binding;

/// <summary>
/// Lets an optional parameter take text, as a column of a CSV file has it: empty means not given, and <c>verify-full</c> means
/// <c>VerifyFull</c>. PowerShell passes over a property of the input that it cannot convert; here that is an error of its row, for a
/// connection must not become another one.
/// </summary>
/// <param name="type">What the text is to become: a number or an enumeration.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OptionalTextAttribute(Type type) : ArgumentTransformationAttribute
{
    const int NoNumber = int.MinValue;
    const int NoMember = -1;

    /// <summary>
    /// Whether the parameter comes by property name. Then nothing is thrown, as PowerShell would show the whole row in the error, password
    /// and all: the cmdlet asks <see cref="IsUnreadable"/>.
    /// </summary>
    public bool IsColumn { get; set; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (value is null || (value is string text && string.IsNullOrWhiteSpace(text)))
        {
            return null;
        }

        return Convert(value)
            ?? (!IsColumn
                // Not the value itself: in a row whose columns have slipped, it may be the password.
                ? throw new ArgumentTransformationMetadataException($"Specify {Expected(type)}.")
                : type.IsEnum ? Enum.ToObject(type, NoMember) : NoNumber);
    }

    /// <summary>Whether a parameter got what it cannot be.</summary>
    /// <param name="value">The value that this attribute gave.</param>
    internal static bool IsUnreadable(object? value) => value is NoNumber || (value is Enum member && !Enum.IsDefined(member.GetType(), member));

    /// <summary>What a parameter is to be.</summary>
    /// <param name="type">Its type.</param>
    internal static string Expected(Type type) => type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type))}" : "a whole number";

    object? Convert(object value)
    {
        if (value is string text)
        {
            value = type.IsEnum ? text.Trim().Replace("-", "", StringComparison.Ordinal) : text.Trim();
        }

        return LanguagePrimitives.TryConvertTo(value, type, out var converted) && !(type.IsEnum && !Enum.IsDefined(type, converted)) ? converted : null;
    }
}
