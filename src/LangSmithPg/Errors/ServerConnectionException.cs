using LangSmithPg.Common;
using LangSmithPg.Servers;

namespace LangSmithPg.Errors;

/// <summary>The connection to a database failed. The message never contains a secret.</summary>
public sealed class ServerConnectionException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">One sentence.</param>
    /// <param name="failure">Why.</param>
    public ServerConnectionException(string message, ConnectionFailure failure)
        : base(VisibleText.Of(message)) => Failure = failure;

    /// <summary>Why.</summary>
    public ConnectionFailure Failure { get; }
}
