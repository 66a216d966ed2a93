namespace LangSmithPg.Common;

/// <summary>How much a diagnostic matters.</summary>
public enum DiagnosticSeverity
{
    /// <summary>The input was read, but something about it will surprise somebody.</summary>
    Warning,

    /// <summary>The input cannot be used.</summary>
    Error,
}
