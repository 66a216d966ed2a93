namespace LangSmithPg.Connections;

/// <summary>The cloud whose workload identity logs in to PostgreSQL in place of a password (chart value <c>iamAuthProvider</c>).</summary>
public enum IamAuthProvider
{
    /// <summary>Amazon RDS and Aurora.</summary>
    Aws,

    /// <summary>Google Cloud SQL.</summary>
    Gcp,

    /// <summary>Azure Database for PostgreSQL.</summary>
    Azure,
}
