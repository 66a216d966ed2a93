using System.Management.Automation;
using System.Net;
using System.Security;

namespace LangSmithPg.Binding;

/// <summary>Lets a secure parameter take a plain text too, as it comes from a CSV file or an older cloud module.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecureTextAttribute : ArgumentTransformationAttribute
{
    /// <summary>A marker for a column that is neither.</summary>
    internal static readonly SecureString Unreadable = new();

    /// <inheritdoc cref="OptionalTextAttribute.IsColumn"/>
    public bool IsColumn { get; set; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
        {
            "" => null,
            string text => new NetworkCredential("", text).SecurePassword,
            SecureString secure => secure,
            null => null,
            _ when IsColumn => Unreadable,
            // Not the value itself: it may be the secret in an unexpected form.
            _ => throw new ArgumentTransformationMetadataException("Specify a SecureString or a string."),
        };
}
