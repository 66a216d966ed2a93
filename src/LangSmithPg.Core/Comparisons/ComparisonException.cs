using LangSmithPg.Servers;

namespace LangSmithPg.Comparisons;

/// <summary>A statement of a comparison that a server refused or did not answer.</summary>
sealed class ComparisonException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="target">The server and database, without secrets.</param>
    /// <param name="error">Why, in the server's words, without secrets.</param>
    /// <param name="inner">The driver's exception.</param>
    public ComparisonException(string target, ServerError error, Exception? inner = null)
        : base($"{target}: {error}", inner) => (Target, Error) = (target, error);

    /// <summary>The server and database, without secrets.</summary>
    public string Target { get; }

    /// <summary>Why, in the server's words, without secrets.</summary>
    public ServerError Error { get; }
}
