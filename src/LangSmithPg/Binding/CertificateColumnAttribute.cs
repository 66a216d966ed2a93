using System.Management.Automation;
using System.Security.Cryptography.X509Certificates;

namespace LangSmithPg.Binding;

/// <summary>Converts anything that is not a certificate to null: PowerShell would show it in its own error, and a row of a table may contain a password.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CertificateColumnAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        LanguagePrimitives.TryConvertTo<X509Certificate2>(inputData, out var certificate) ? certificate : null;
}
