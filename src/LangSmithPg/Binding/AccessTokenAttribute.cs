using System.Management.Automation;
using System.Net;
using System.Security;
using LangSmithPg.Iam;

namespace LangSmithPg.Binding;

/// <summary>Lets a parameter take a token in every form in which one is given: this module's, that of Get-AzAccessToken, or the text alone.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AccessTokenAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) => Read(inputData, depth: 0);

    static SecureString? Read(object? given, int depth) => (given is PSObject wrapped ? wrapped.BaseObject : given) switch
    {
        null or "" => null,
        string text => new NetworkCredential("", text).SecurePassword,
        SecureString secure => secure,
        AccessToken token => token.Token,
        _ when Rehydration.TypeOf(PSObject.AsPSObject(given)) == typeof(AccessToken) =>
            throw new ArgumentTransformationMetadataException("The token was deserialized (from a job, another session or a file) and no longer contains its secret. Get the token in the session that uses it."),
        // PSAccessToken of Az.Accounts: its Token is a text or, since 5.0, a SecureString.
        { } when depth == 0 && PSObject.AsPSObject(given).Properties["Token"]?.Value is { } inner => Read(inner, depth + 1),
        // Not the value itself: it may be the secret in an unexpected form.
        _ => throw new ArgumentTransformationMetadataException("The value is not a token. Specify the output of Get-LangSmithPgAccessToken or Get-AzAccessToken, a SecureString or a string."),
    };
}
