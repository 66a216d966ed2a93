
namespace LangSmithPg.Clouds;

/// <summary>Who runs a PostgreSQL server.</summary>
public enum ServerProvider
{
    /// <summary>Nobody that leaves a trace: one's own server, or a provider that changes nothing.</summary>
    Unknown,

    /// <summary>Amazon RDS for PostgreSQL.</summary>
    AmazonRds,

    /// <summary>Amazon Aurora PostgreSQL.</summary>
    AmazonAurora,

    /// <summary>Google Cloud SQL for PostgreSQL.</summary>
    GoogleCloudSql,

    /// <summary>Google AlloyDB.</summary>
    GoogleAlloyDb,

    /// <summary>Azure Database for PostgreSQL, flexible server.</summary>
    Azure,

    /// <summary>Azure Cosmos DB for PostgreSQL.</summary>
    AzureCosmosDb,

    /// <summary>Supabase.</summary>
    Supabase,

    /// <summary>Neon.</summary>
    Neon,

    /// <summary>Aiven.</summary>
    Aiven,

    /// <summary>DigitalOcean.</summary>
    DigitalOcean,
}
