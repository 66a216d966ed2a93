using LangSmithPg.Clouds;

namespace LangSmithPg.Binding.Clouds;

/// <summary>Reads an instance of <c>gcloud sql instances describe --format=json</c>. Properties: https://cloud.google.com/sql/docs/postgres/admin-api/rest/v1/instances.</summary>
static class CloudSqlServer
{
    const string Backups = "settings.backupConfiguration";
    const string IamFlag = "cloudsql.iam_authentication";

    // Where Google names no number, it keeps so many, one of each day.
    const int DefaultBackups = 7;

    public static ConnectionColumns? Of(CloudProperties server) =>
        server.Text("databaseVersion")?.StartsWith("POSTGRES", StringComparison.OrdinalIgnoreCase) is true && server.Value("ipAddresses") is not null
            ? new()
            {
                // Pods connect by the private address where there is one.
                HostName = Address(server, "PRIVATE") ?? Address(server, "PRIMARY") ?? "",
                Server = Describe(server),
            }
            : null;

    static CloudServer Describe(CloudProperties server)
    {
        List<(string? Name, string? Value)> flags = [.. server.List("settings.databaseFlags").Select(flag => (flag.Text("name"), flag.Text("value")))];
        var hasSettings = server.Value("settings") is not null;
        return new(ServerProvider.GoogleCloudSql, server.Text("name") ?? "")
        {
            InstanceType = server.Text("settings.tier"),
            State = server.Text("settings.activationPolicy") == "NEVER" ? "STOPPED" : server.Text("state"),
            IsHighlyAvailable = server.Text("settings.availabilityType") switch { "REGIONAL" => true, "ZONAL" => false, _ => null },
            BackupRetentionDays = server.Value(Backups) is null ? null
                : server.Flag($"{Backups}.enabled") is true ? server.Number($"{Backups}.backupRetentionSettings.retainedBackups") ?? DefaultBackups : 0,
            RestoresPointInTime = server.Value(Backups) is null ? null : server.Flag($"{Backups}.pointInTimeRecoveryEnabled") is true,
            IsPublic = server.Flag("settings.ipConfiguration.ipv4Enabled"),
            StorageGrows = server.Flag("settings.storageAutoResize"),
            StorageSize = server.Number("settings.dataDiskSizeGb"),
            CertificateExpires = server.Time("serverCaCert.expirationTime"),
            AcceptsIdentities = hasSettings ? flags.Exists(flag => flag is (IamFlag, { } value) && value.Equals("on", StringComparison.OrdinalIgnoreCase)) : null,
            DatabaseFlags = [.. flags.Where(flag => flag.Name != IamFlag).Select(flag => $"{flag.Name}={flag.Value}")],
        };
    }

    static string? Address(CloudProperties server, string type) => server.List("ipAddresses").FirstOrDefault(one => one.Text("type") == type)?.Text("ipAddress");
}
