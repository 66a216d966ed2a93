namespace LangSmithPg.Iam;

/// <summary>There is no token. The message holds none either.</summary>
public sealed class TokenException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="kind">Why.</param>
    /// <param name="message">One sentence that says what is wrong.</param>
    /// <param name="fix">What to do.</param>
    /// <param name="inner">What the cloud's library said.</param>
    public TokenException(TokenProblemKind kind, string message, string fix, Exception? inner = null)
        : base(message, inner) => (Kind, Fix) = (kind, fix);

    /// <summary>Why.</summary>
    public TokenProblemKind Kind { get; }

    /// <summary>What to do.</summary>
    public string Fix { get; }
}
