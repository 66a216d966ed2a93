using System.Management.Automation;

namespace LangSmithPg.Binding;

/// <summary>Asks for the password of a user's name, as PowerShell's own attribute does. Anything that is not a credential is an error of its row.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CredentialColumnAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (value is null or "" or PSCredential)
        {
            return value as PSCredential;
        }

        try
        {
            return value is string ? new CredentialAttribute().Transform(engineIntrinsics, value) : PSCredential.Empty;
        }
        catch (Exception exception) when (exception is not PipelineStoppedException)
        {
            // PowerShell would show the whole row in the error, password and all.
            return PSCredential.Empty;
        }
    }
}
