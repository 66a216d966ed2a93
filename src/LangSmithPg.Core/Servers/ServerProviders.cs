using LangSmithPg.Clouds;

namespace LangSmithPg.Servers;

/// <summary>
/// Tells providers apart by what they leave in the catalog; the order matters, as some build on others.
/// Sources: the providers' documentation of their roles and parameters.
/// </summary>
static class ServerProviders
{
    /// <summary>Who runs the server, as far as its roles, settings and functions tell.</summary>
    /// <param name="facts">The server's facts.</param>
    public static ServerProvider Detect(ServerFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return facts switch
        {
            _ when HasFunction("aurora_version") => ServerProvider.AmazonAurora,
            _ when HasRole("rdsadmin") || HasSetting("rds.extensions") => ServerProvider.AmazonRds,
            _ when HasRole("alloydbsuperuser") || HasSetting("alloydb.iam_authentication") => ServerProvider.GoogleAlloyDb,
            _ when HasRole("cloudsqlsuperuser") || HasSetting("cloudsql.iam_authentication") => ServerProvider.GoogleCloudSql,
            _ when HasRole("citus") && HasRole("azure_pg_admin") => ServerProvider.AzureCosmosDb,
            _ when HasRole("azure_pg_admin") || HasSetting("azure.extensions") => ServerProvider.Azure,
            _ when HasRole("supabase_admin") => ServerProvider.Supabase,
            _ when HasRole("neon_superuser") || HasSetting("neon.tenant_id") => ServerProvider.Neon,
            _ when HasRole("avnadmin") => ServerProvider.Aiven,
            _ when HasRole("doadmin") => ServerProvider.DigitalOcean,
            _ => ServerProvider.Unknown,
        };

        bool HasRole(string name) => facts.ProviderRoles.Contains(name, StringComparer.Ordinal);
        bool HasSetting(string name) => facts.Setting(name) is not null;
        bool HasFunction(string name) => facts.ProviderFunctions.Contains(name, StringComparer.Ordinal);
    }

    /// <summary>Who runs the server, as far as its name tells. A name is easily an alias: the server's own facts win.</summary>
    /// <param name="hostName">DNS name of the server.</param>
    public static ServerProvider FromHostName(string hostName)
    {
        ArgumentNullException.ThrowIfNull(hostName);
        return hostName.TrimEnd('.').ToLowerInvariant() switch
        {
            var name when name.EndsWith(".rds.amazonaws.com", StringComparison.Ordinal) || name.EndsWith(".rds.amazonaws.com.cn", StringComparison.Ordinal) =>
                name.Contains(".cluster-", StringComparison.Ordinal) ? ServerProvider.AmazonAurora : ServerProvider.AmazonRds,
            var name when name.EndsWith(".postgres.database.azure.com", StringComparison.Ordinal)
                || name.EndsWith(".postgres.database.usgovcloudapi.net", StringComparison.Ordinal)
                || name.EndsWith(".postgres.database.chinacloudapi.cn", StringComparison.Ordinal) => ServerProvider.Azure,
            var name when name.EndsWith(".postgres.cosmos.azure.com", StringComparison.Ordinal) => ServerProvider.AzureCosmosDb,
            var name when name.EndsWith(".sql.goog", StringComparison.Ordinal) => ServerProvider.GoogleCloudSql,
            var name when name.EndsWith(".alloydb.goog", StringComparison.Ordinal) => ServerProvider.GoogleAlloyDb,
            var name when name.EndsWith(".supabase.co", StringComparison.Ordinal) || name.EndsWith(".supabase.com", StringComparison.Ordinal) =>
                ServerProvider.Supabase,
            var name when name.EndsWith(".neon.tech", StringComparison.Ordinal) => ServerProvider.Neon,
            var name when name.EndsWith(".aivencloud.com", StringComparison.Ordinal) => ServerProvider.Aiven,
            var name when name.EndsWith(".db.ondigitalocean.com", StringComparison.Ordinal) => ServerProvider.DigitalOcean,
            _ => ServerProvider.Unknown,
        };
    }

    /// <summary>Whether the name is that of an Amazon RDS Proxy.</summary>
    /// <param name="hostName">DNS name of the server.</param>
    public static bool IsRdsProxy(string hostName)
    {
        ArgumentNullException.ThrowIfNull(hostName);
        return hostName.Contains(".proxy-", StringComparison.OrdinalIgnoreCase) && hostName.Contains(".rds.amazonaws.com", StringComparison.OrdinalIgnoreCase);
    }
}
