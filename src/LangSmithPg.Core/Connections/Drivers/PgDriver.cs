namespace LangSmithPg.Connections.Drivers;

/// <summary>Who reads a connection string on its way through LangSmith.</summary>
public enum PgDriver
{
    /// <summary>PostgreSQL's own C library, which psql and psycopg use; version 18.</summary>
    Libpq,

    /// <summary>The Python driver asyncpg; version 0.31.</summary>
    Asyncpg,

    /// <summary>The Go driver pgx; version 5 up to 5.9, which parses with Go's <c>net/url</c>. Later versions read a URL as libpq does.</summary>
    Pgx,

    /// <summary>The Helm chart, which passes <c>postgres.external.connectionUrl</c> on byte for byte.</summary>
    LangSmithChart,
}
