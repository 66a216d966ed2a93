namespace LangSmithPg.Clouds;

/// <summary>The names of those who run PostgreSQL servers.</summary>
static class ServerProviderNames
{
    /// <summary>The name that the provider itself uses.</summary>
    /// <param name="provider">The provider.</param>
    public static string DisplayName(this ServerProvider provider) => provider switch
    {
        ServerProvider.AmazonRds => "Amazon RDS",
        ServerProvider.AmazonAurora => "Amazon Aurora",
        ServerProvider.GoogleCloudSql => "Google Cloud SQL",
        ServerProvider.GoogleAlloyDb => "Google AlloyDB",
        ServerProvider.Azure => "Azure Database for PostgreSQL",
        ServerProvider.AzureCosmosDb => "Azure Cosmos DB for PostgreSQL",
        _ => provider.ToString(),
    };
}
