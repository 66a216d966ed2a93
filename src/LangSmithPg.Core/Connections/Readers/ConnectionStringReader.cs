namespace LangSmithPg.Connections.Readers;

/// <summary>Who reads a connection string on its way through LangSmith.</summary>
public enum ConnectionStringReader
{
    /// <summary>PostgreSQL's own C library, which psql and psycopg use; version 18, and 16 or later for TLS.</summary>
    Libpq,

    /// <summary>The Python driver of the backend and the agent server; version 0.31.</summary>
    Asyncpg,

    /// <summary>The Go driver; version 5, up to 5.9, which parses with Go's <c>net/url</c>.</summary>
    Pgx,

    /// <summary>The Helm chart, which passes <c>postgres.external.connectionUrl</c> on byte for byte.</summary>
    LangSmithChart,
}
