using LangSmithPg.Common;
using LangSmithPg.Servers;

namespace LangSmithPg.Errors;

/// <summary>There was no getting into a database. The message never holds a secret.</summary>
public sealed class ServerConnectionException : Exception
{
    /// <summary>Makes the exception of why.</summary>
    /// <param name="message">One sentence.</param>
    /// <param name="failure">Why.</param>
    public ServerConnectionException(string message, ConnectionFailure failure)
        : base(VisibleText.Of(message)) => Failure = failure;

    /// <summary>Why.</summary>
    public ConnectionFailure Failure { get; }
}
