namespace LangSmithPg.Sandbox.PgBouncer;

/// <summary>A pgbouncer did not start. The message ends with the last lines of its log.</summary>
public sealed class PgBouncerServerException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What failed, with the tail of the log.</param>
    public PgBouncerServerException(string message) : base(message)
    {
    }
}
