namespace LangSmithPg.Findings;

/// <summary>A file of accepted findings is not valid.</summary>
/// <param name="message">What is wrong, and where.</param>
/// <param name="fix">What to do.</param>
/// <param name="inner">The cause, or null.</param>
sealed class AcceptedFindingException(string message, string fix, Exception? inner = null) : FormatException(message, inner)
{
    /// <summary>What to do.</summary>
    public string Fix { get; } = fix;
}
