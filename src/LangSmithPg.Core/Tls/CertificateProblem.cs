using LangSmithPg.Common;

namespace LangSmithPg.Tls;

/// <summary>One thing that is wrong with a certificate, key or file of them. No part of it ever holds a secret.</summary>
/// <param name="Kind">What is wrong; its name is a stable id.</param>
/// <param name="Severity">Whether it can still be used.</param>
/// <param name="Source">The file, or the certificate's subject.</param>
/// <param name="Message">One sentence that says what is wrong.</param>
/// <param name="Fix">One sentence that says what to do.</param>
public sealed record CertificateProblem(CertificateProblemKind Kind, DiagnosticSeverity Severity, string Source, string Message, string Fix)
{
    /// <summary>Where it is wrong, and what.</summary>
    public string Statement => $"{Source}: {Message}";

    /// <summary>Where it is wrong, what, and what to do.</summary>
    public override string ToString() => $"{Statement} {Fix}";

    internal static CertificateProblem Error(CertificateProblemKind kind, string source, string message, string fix) =>
        new(kind, DiagnosticSeverity.Error, source, message, fix);

    internal static CertificateProblem Warning(CertificateProblemKind kind, string source, string message, string fix) =>
        new(kind, DiagnosticSeverity.Warning, source, message, fix);
}
