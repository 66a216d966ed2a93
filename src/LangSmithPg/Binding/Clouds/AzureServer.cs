using LangSmithPg.Clouds;

namespace LangSmithPg.Binding.Clouds;

/// <summary>
/// Reads a flexible server of <c>Get-AzPostgreSqlFlexibleServer</c>, whose properties are flat, or of <c>az postgres flexible-server show</c>,
/// whose properties are those of https://learn.microsoft.com/rest/api/postgresql/servers/get.
/// </summary>
static class AzureServer
{
    public static CloudServer? Of(CloudProperties server) =>
        server.Text("FullyQualifiedDomainName") is { } host && server.Text("SkuName", "sku.name") is { } sku
            ? new(ServerProvider.Azure, server.Text("Name") ?? host.Split('.')[0])
            {
                ResourceGroup = server.Text("ResourceGroupName", "resourceGroup") ?? GroupOf(server.Text("Id")),
                InstanceType = sku,
                State = server.Text("State"),
                IsHighlyAvailable = server.Text("HighAvailabilityMode", "highAvailability.mode")?.ToUpperInvariant() switch
                {
                    "ZONEREDUNDANT" or "SAMEZONE" => true,
                    "DISABLED" => false,
                    _ => null,
                },
                BackupRetentionDays = server.Number("BackupRetentionDay", "backup.backupRetentionDays"),
                RestoresPointInTime = true,
                IsPublic = server.Flag("NetworkPublicNetworkAccess", "network.publicNetworkAccess"),
                StorageGrows = server.Flag("StorageAutoGrow", "storage.autoGrow"),
                StorageSize = server.Number("StorageSizeGb", "storage.storageSizeGb"),
                AcceptsIdentities = server.Flag("AuthConfigActiveDirectoryAuth", "authConfig.activeDirectoryAuth", "AuthConfigMicrosoftEntraAuth", "authConfig.microsoftEntraAuth"),
                AcceptsPasswords = server.Flag("AuthConfigPasswordAuth", "authConfig.passwordAuth"),
            }
            : null;

    // /subscriptions/…/resourceGroups/<group>/providers/…
    static string? GroupOf(string? id)
    {
        var parts = id?.Split('/') ?? [];
        var index = Array.FindIndex(parts, part => part.Equals("resourceGroups", StringComparison.OrdinalIgnoreCase));
        return index >= 0 && index + 1 < parts.Length ? parts[index + 1] : null;
    }
}
