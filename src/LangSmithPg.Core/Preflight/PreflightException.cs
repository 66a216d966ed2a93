namespace LangSmithPg.Preflight;

/// <summary>A preflight job cannot be created, or its log has no result.</summary>
public sealed class PreflightException : Exception
{
    /// <summary>Says why, and what to do.</summary>
    /// <param name="kind">Why, for programs.</param>
    /// <param name="message">Why.</param>
    /// <param name="fix">What to do.</param>
    /// <param name="inner">What it rests on.</param>
    public PreflightException(PreflightProblemKind kind, string message, string fix, Exception? inner = null)
        : base(message, inner) => (Kind, Fix) = (kind, fix);

    /// <summary>Why.</summary>
    public PreflightProblemKind Kind { get; }

    /// <summary>What to do.</summary>
    public string Fix { get; }
}
