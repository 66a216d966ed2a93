namespace LangSmithPg.Sandbox.Postgres;

/// <summary>No PostgreSQL of the wanted major version can be had on this machine. The message says where was looked.</summary>
public sealed class PostgresNotAvailableException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was wanted, and where was looked.</param>
    public PostgresNotAvailableException(string message) : base(message)
    {
    }
}
