using LangSmithPg.Clouds;
using LangSmithPg.Core.Tests.Readiness;

namespace LangSmithPg.Core.Tests.Clouds;

/// <summary>Servers as their clouds describe them.</summary>
static class ServerDescriptions
{
    static readonly DateTimeOffset Today = new(Inputs.Today, TimeOnly.MinValue, TimeSpan.Zero);

    /// <summary>All that can be missing is.</summary>
    public static CloudServer PoorAzure { get; } = new(ServerProvider.Azure, "pg1")
    {
        ResourceGroup = "rg1",
        InstanceType = "Standard_B1ms",
        State = "Ready",
        IsHighlyAvailable = false,
        BackupRetentionDays = 6,
        RestoresPointInTime = true,
        IsPublic = true,
        StorageGrows = false,
        StorageSize = 32,
        AcceptsIdentities = false,
        AcceptsPasswords = false,
    };

    /// <summary>Nothing is missing.</summary>
    public static CloudServer GoodAzure { get; } = PoorAzure with
    {
        InstanceType = "Standard_D4ds_v5",
        IsHighlyAvailable = true,
        BackupRetentionDays = 14,
        IsPublic = false,
        StorageGrows = true,
        AcceptsIdentities = true,
        AcceptsPasswords = true,
    };

    /// <summary>All that can be missing is.</summary>
    public static CloudServer PoorRds { get; } = new(ServerProvider.AmazonRds, "pg1")
    {
        InstanceType = "db.t3.micro",
        State = "available",
        IsHighlyAvailable = false,
        BackupRetentionDays = 0,
        RestoresPointInTime = false,
        LatestRestorableTime = Today.AddHours(-1),
        IsPublic = true,
        StorageGrows = false,
        StorageSize = 20,
        CertificateExpires = Today.AddDays(29),
        AcceptsIdentities = false,
    };

    /// <summary>All that can be missing is.</summary>
    public static CloudServer PoorCloudSql { get; } = new(ServerProvider.GoogleCloudSql, "pg1")
    {
        InstanceType = "db-f1-micro",
        State = "RUNNABLE",
        IsHighlyAvailable = false,
        BackupRetentionDays = 7,
        RestoresPointInTime = false,
        IsPublic = true,
        StorageGrows = false,
        StorageSize = 10,
        CertificateExpires = Today.AddDays(-1),
        AcceptsIdentities = false,
        DatabaseFlags = ["max_connections=200"],
    };
}
