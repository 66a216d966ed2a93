using LangSmithPg.Clouds;

namespace LangSmithPg.Binding.Clouds;

/// <summary>
/// Reads an instance or a cluster of <c>Get-RDSDBInstance</c>, <c>Get-RDSDBCluster</c>, or <c>aws rds describe-db-instances</c> and
/// <c>describe-db-clusters</c>. Properties: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBInstance.html and API_DBCluster.html.
/// </summary>
static class RdsServer
{
    public static ConnectionColumns? Of(CloudProperties server)
    {
        var cluster = server.Text("DBClusterIdentifier");
        var instance = server.Text("DBInstanceIdentifier");
        // An instance names its cluster too.
        return (instance ?? cluster) is { } name && server.Value("Endpoint") is not null
            ? new()
            {
                // The endpoint of a cluster is text.
                HostName = server.Text("Endpoint") ?? server.Text("Endpoint.Address"),
                Port = server.Number("Endpoint.Port", "Port") is > 0 and var port ? port : null,
                Database = server.Text("DBName", "DatabaseName"),
                Server = Describe(server, name, isCluster: instance is null),
            }
            : null;
    }

    static CloudServer Describe(CloudProperties server, string name, bool isCluster)
    {
        var isAurora = server.Text("Engine")?.StartsWith("aurora", StringComparison.OrdinalIgnoreCase) ?? false;
        var days = server.Number("BackupRetentionPeriod");
        var storage = server.Number("AllocatedStorage");
        return new(isAurora ? ServerProvider.AmazonAurora : ServerProvider.AmazonRds, name)
        {
            IsCluster = isCluster,
            InstanceType = server.Text("DBInstanceClass", "DBClusterInstanceClass"),
            State = server.Text("DBInstanceStatus", "Status"),
            // An instance of Aurora does not tell whether its cluster has a second one.
            IsHighlyAvailable = isAurora && !isCluster ? null : server.Flag("MultiAZ"),
            BackupRetentionDays = days,
            RestoresPointInTime = days is null ? null : days > 0,
            LatestRestorableTime = server.Time("LatestRestorableTime"),
            IsPublic = server.Flag("PubliclyAccessible"),
            StorageGrows = isAurora ? true : isCluster || storage is null ? null : server.Number("MaxAllocatedStorage") > storage,
            StorageSize = storage,
            CertificateExpires = server.Time("CertificateDetails.ValidTill"),
            AcceptsIdentities = server.Flag("IAMDatabaseAuthenticationEnabled"),
        };
    }
}
