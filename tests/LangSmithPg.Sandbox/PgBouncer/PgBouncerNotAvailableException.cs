namespace LangSmithPg.Sandbox.PgBouncer;

/// <summary>There is no pgbouncer on this machine. The message says where was looked.</summary>
public sealed class PgBouncerNotAvailableException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Where was looked.</param>
    public PgBouncerNotAvailableException(string message) : base(message)
    {
    }
}
