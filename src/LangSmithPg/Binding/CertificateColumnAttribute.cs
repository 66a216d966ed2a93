using System.Management.Automation;
using System.Security.Cryptography.X509Certificates;

namespace LangSmithPg.Binding;

/// <summary>Takes nothing for whatever is no certificate: PowerShell would show it in an error of its own, and a row of a table may hold a password.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CertificateColumnAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        LanguagePrimitives.TryConvertTo<X509Certificate2>(inputData, out var certificate) ? certificate : null;
}
