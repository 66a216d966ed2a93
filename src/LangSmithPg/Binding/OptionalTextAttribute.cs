using System.Globalization;
using System.Management.Automation;
using LangSmithPg.Charts;
using LangSmithPg.Common;
using LangSmithPg.Connections;

namespace LangSmithPg.Binding;

/// <summary>
/// Lets an optional parameter take text, as a column of a CSV file has it: empty means not given, and <c>verify-full</c> means
/// <c>VerifyFull</c>. PowerShell passes over a property of the input that it cannot convert; here that is an error of its row, for a
/// connection must not become another one.
/// </summary>
/// <param name="type">What the text is to become: a number, a GUID or an enumeration.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OptionalTextAttribute(Type type) : ArgumentTransformationAttribute
{
    const int NoNumber = int.MinValue;

    // No member; those below it say which one was meant.
    const int NoMember = -1;

    // No directory gives it to an object.
    static readonly Guid s_noGuid = new("ffffffff-ffff-ffff-ffff-ffffffffffff");

    // As other tools call them.
    static readonly Dictionary<string, IamAuthProvider> s_providers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Amazon"] = IamAuthProvider.Aws, ["RDS"] = IamAuthProvider.Aws, ["Google"] = IamAuthProvider.Gcp, ["GoogleCloud"] = IamAuthProvider.Gcp,
        ["CloudSql"] = IamAuthProvider.Gcp, ["Microsoft"] = IamAuthProvider.Azure, ["Entra"] = IamAuthProvider.Azure, ["EntraId"] = IamAuthProvider.Azure,
        ["AzureAd"] = IamAuthProvider.Azure,
    };

    /// <summary>
    /// Whether the cmdlet reports what cannot be read. Then nothing is thrown, as PowerShell would show the whole row in the error, password
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
                : type.IsEnum ? Enum.ToObject(type, NoMember - 1 - Array.IndexOf(Enum.GetNames(type), Guess(value as string)))
                : type == typeof(Guid) ? s_noGuid : NoNumber);
    }

    /// <summary>Whether a parameter got what it cannot be.</summary>
    /// <param name="value">The value that this attribute gave.</param>
    internal static bool IsUnreadable(object? value) =>
        value is NoNumber or MemorySizeAttribute.Unreadable || ReferenceEquals(value, ChartVersionTextAttribute.Unreadable) || (value is Guid id && id == s_noGuid) || (value is Enum member && !Enum.IsDefined(member.GetType(), member));

    /// <summary>The name that was probably meant, where a parameter got what it cannot be; null where none is near.</summary>
    /// <param name="value">The value that this attribute gave.</param>
    internal static string? Meant(object? value) =>
        value is Enum member && IsUnreadable(member) && NoMember - 1 - System.Convert.ToInt32(member, CultureInfo.InvariantCulture) is >= 0 and var index
            ? Enum.GetNames(member.GetType())[index]
            : null;

    /// <summary>What a parameter is to be.</summary>
    /// <param name="type">Its type.</param>
    internal static string Expected(Type type) =>
        type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type))}"
        : type == typeof(Guid) ? "a GUID"
        : type == typeof(long) ? MemorySizeAttribute.Expected
        : type == typeof(ChartVersion) ? ChartVersionTextAttribute.Expected
        : "a whole number";

    string? Guess(string? text) => text is null ? null
        : Nearest.To(Simple(text), Enum.GetNames(type)) ?? (type == typeof(IamAuthProvider) && s_providers.TryGetValue(Simple(text), out var provider) ? provider.ToString() : null);

    static string Simple(string text) => text.Trim().Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);

    object? Convert(object value)
    {
        if (value is string text)
        {
            value = type.IsEnum ? text.Trim().Replace("-", "", StringComparison.Ordinal) : text.Trim();
        }

        return LanguagePrimitives.TryConvertTo(value, type, out var converted) && !(type.IsEnum && !Enum.IsDefined(type, converted)) ? converted : null;
    }
}
