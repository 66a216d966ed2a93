using LangSmithPg.Common;

namespace LangSmithPg.Connections;

/// <summary>One thing that is wrong with a connection. No part of it ever holds a secret.</summary>
/// <param name="Problem">What is wrong; its name is a stable id.</param>
/// <param name="Severity">Whether the connection can still be used.</param>
/// <param name="Span">Where in the text, or null when the connection was given in parts.</param>
/// <param name="Message">One sentence that says what is wrong.</param>
/// <param name="Fix">One sentence that says what to do.</param>
public sealed record ConnectionDiagnostic(
    ConnectionProblem Problem, DiagnosticSeverity Severity, TextSpan? Span, string Message, string Fix)
{
    /// <summary>What is wrong, and where.</summary>
    public string Statement => Span is { } span ? $"{Message} ({span})" : Message;

    /// <summary>What is wrong, where, and what to do.</summary>
    public override string ToString() => $"{Statement} {Fix}";
}
