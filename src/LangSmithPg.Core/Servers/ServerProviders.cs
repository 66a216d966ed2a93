namespace LangSmithPg.Servers;

/// <summary>
/// Tells providers apart by what they leave in the catalog; the order matters, as some build on others.
/// Sources: the providers' documentation of their roles and parameters.
/// </summary>
public static class ServerProviders
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
}
