namespace LangSmithPg.Sandbox.Postgres;

/// <summary>A server did not do what it was asked to. The message ends with the last lines of its log.</summary>
public sealed class PostgresServerException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What failed, with the tail of the log.</param>
    public PostgresServerException(string message) : base(message)
    {
    }
}
