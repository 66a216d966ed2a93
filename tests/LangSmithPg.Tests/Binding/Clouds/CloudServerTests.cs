using System.Management.Automation;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Binding.Clouds;

/// <summary>Servers as the clouds' tools describe them, with the properties of their references. Nothing listens where they are: what is told comes from the description alone.</summary>
public sealed class CloudServerTests : IDisposable
{
    const string AzureCli = """
        {
          "administratorLogin": "pgadmin",
          "authConfig": { "activeDirectoryAuth": "Disabled", "passwordAuth": "Enabled", "tenantId": null },
          "backup": { "backupRetentionDays": 7, "earliestRestoreDate": "2026-11-01T10:00:00+00:00", "geoRedundantBackup": "Disabled" },
          "fullyQualifiedDomainName": "127.0.0.1",
          "highAvailability": { "mode": "Disabled", "standbyAvailabilityZone": null, "state": "NotEnabled" },
          "id": "/subscriptions/0/resourceGroups/rg1/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg1",
          "name": "pg1",
          "network": { "delegatedSubnetResourceId": null, "publicNetworkAccess": "Enabled" },
          "resourceGroup": "rg1",
          "sku": { "name": "Standard_D4ds_v5", "tier": "GeneralPurpose" },
          "state": "Stopped",
          "storage": { "autoGrow": "Disabled", "storageSizeGb": 32 },
          "version": "16"
        }
        """;

    // As Get-AzPostgreSqlFlexibleServer has them, flat.
    const string AzureModule = """
        {
          "AdministratorLogin": "pgadmin", "AuthConfigActiveDirectoryAuth": "Disabled", "AuthConfigPasswordAuth": "Enabled", "BackupRetentionDay": 7,
          "FullyQualifiedDomainName": "127.0.0.1", "HighAvailabilityMode": "Disabled", "Id": "/subscriptions/0/resourceGroups/rg1/providers/x/flexibleServers/pg1",
          "Name": "pg1", "NetworkPublicNetworkAccess": "Enabled", "SkuName": "Standard_D4ds_v5", "State": "Stopped", "StorageAutoGrow": "Disabled", "StorageSizeGb": 32
        }
        """;

    const string RdsInstance = """
        {
          "AllocatedStorage": 20, "BackupRetentionPeriod": 1, "CACertificateIdentifier": "rds-ca-rsa2048-g1",
          "CertificateDetails": { "CAIdentifier": "rds-ca-rsa2048-g1", "ValidTill": "2020-01-01T00:00:00+00:00" },
          "DBInstanceClass": "db.m6g.large", "DBInstanceIdentifier": "pg1", "DBInstanceStatus": "stopped", "DBName": "langsmith",
          "Endpoint": { "Address": "127.0.0.1", "Port": 1 }, "Engine": "postgres", "IAMDatabaseAuthenticationEnabled": false,
          "LatestRestorableTime": "2026-11-01T10:00:00+00:00", "MultiAZ": false, "PubliclyAccessible": true
        }
        """;

    const string RdsCluster = """
        {
          "BackupRetentionPeriod": 14, "DBClusterIdentifier": "pg1", "DatabaseName": "langsmith", "Endpoint": "127.0.0.1", "Engine": "aurora-postgresql",
          "IAMDatabaseAuthenticationEnabled": true, "MultiAZ": true, "Port": 1, "Status": "stopped"
        }
        """;

    const string CloudSql = """
        {
          "databaseVersion": "POSTGRES_16", "ipAddresses": [ { "ipAddress": "127.0.0.1", "type": "PRIMARY" } ], "name": "pg1", "state": "RUNNABLE",
          "serverCaCert": { "expirationTime": "2035-01-01T00:00:00.000Z" },
          "settings": {
            "activationPolicy": "NEVER", "availabilityType": "ZONAL", "backupConfiguration": { "enabled": true, "pointInTimeRecoveryEnabled": true },
            "databaseFlags": [ { "name": "max_connections", "value": "200" } ], "ipConfiguration": { "ipv4Enabled": true },
            "storageAutoResize": true, "tier": "db-custom-4-15360"
          }
        }
        """;

    readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData(AzureCli, "Fail Cloud.State, Pass Cloud.Login, Warning Cloud.HighAvailability, Warning Cloud.PublicAccess, Warning Cloud.StorageAutoGrow")]
    [InlineData(AzureModule, "Fail Cloud.State, Pass Cloud.Login, Warning Cloud.HighAvailability, Warning Cloud.PublicAccess, Warning Cloud.StorageAutoGrow")]
    [InlineData(RdsInstance, "Fail Cloud.State, Warning Cloud.HighAvailability, Warning Cloud.PublicAccess, Warning Cloud.StorageAutoGrow, Warning Cloud.Certificate")]
    [InlineData(RdsCluster, "Fail Cloud.State, Pass Cloud.HighAvailability, Pass Cloud.StorageAutoGrow")]
    [InlineData(CloudSql, "Fail Cloud.State, Warning Cloud.HighAvailability, Warning Cloud.PublicAccess, Pass Cloud.StorageAutoGrow, Pass Cloud.Certificate")]
    public void What_the_cloud_says_is_judged(string json, string expected)
    {
        _session.Set("server", ToObject(JsonNode.Parse(json)));
        foreach (var command in new[] { "Test-LangSmithPgReadiness", "New-LangSmithPgConnectionString" })
        {
            var result = _session.Run($$"""
                $report = $server | {{command}} -Port 1 -Database langsmith -UserName u
                if ($report -isnot [LangSmithPg.Readiness.ReadinessReport]) { $report = $report | Test-LangSmithPgReadiness }
                $report.Findings.Where({ $_.Id -like 'Cloud.*' }).ForEach({ "$($_.Status) $($_.Id)" }) -join ', '
                """);
            Assert.Equal(expected, result.Single.BaseObject);
        }
    }

    [Theory]
    [InlineData(AzureCli, "Azure", "az postgres flexible-server update --resource-group rg1 --name pg1 --microsoft-entra-auth Enabled")]
    [InlineData(AzureModule, "Azure", "az postgres flexible-server update --resource-group rg1 --name pg1 --microsoft-entra-auth Enabled")]
    [InlineData(RdsInstance, "Aws", "aws rds modify-db-instance --db-instance-identifier pg1 --enable-iam-database-authentication --apply-immediately")]
    [InlineData(CloudSql, "Gcp", "gcloud sql instances patch pg1 --database-flags=max_connections=200,cloudsql.iam_authentication=on")]
    public void A_login_by_identity_is_compared_with_what_the_server_accepts(string json, string provider, string fix)
    {
        _session.Set("server", ToObject(JsonNode.Parse(json)));
        _session.Set("token", new NetworkCredential("", "token").SecurePassword);
        var result = _session.Run($$"""
            ($server | Test-LangSmithPgReadiness -Port 1 -Database langsmith -UserName u -IamAuthProvider {{provider}} -AccessToken $token).Findings.Where({ $_.Id -eq 'Cloud.Login' }).Fix.Text
            """);
        Assert.Equal(fix, result.Single.BaseObject);
    }

    [Fact]
    public void Another_host_is_not_what_the_cloud_describes()
    {
        _session.Set("server", ToObject(JsonNode.Parse(AzureCli)));
        Assert.Equal("Connection", _session.Run("($server | New-LangSmithPgConnectionString -HostName 127.0.0.2 -Port 1 -Database d -UserName u | Test-LangSmithPgReadiness).Findings.Id -join ','").Single.BaseObject);
    }

    [Theory]
    [InlineData(AzureCli, "pg1")]
    [InlineData($"[{AzureCli}, {AzureCli}]", "pg1 pg1")]
    [InlineData($$"""{ "DBInstances": [ {{RdsInstance}} ] }""", "pg1")]
    [InlineData($$"""{ "DBClusters": [ {{RdsCluster}}, {{RdsCluster}} ] }""", "pg1 pg1")]
    [InlineData(CloudSql, "pg1")]
    public void The_JSON_itself_is_read(string json, string names)
    {
        _session.Set("lines", json.Split('\n'));
        _session.Set("object", ToObject(JsonNode.Parse(json)));
        foreach (var input in new[] { "$lines", "$object" })
        {
            var result = _session.Run($$"""
                ({{input}} | Test-LangSmithPgReadiness -Port 1 -Database langsmith -UserName u -ThrottleLimit 1).ForEach({ $_.Findings.Where({ $_.Id -eq 'Cloud.HighAvailability' }).Evidence -replace '.*, ' }) -join ' '
                """);
            Assert.Equal(names, result.Single.BaseObject);
        }
    }

    // As ConvertFrom-Json does, which is in a module that the tests' PowerShell does not have.
    static object? ToObject(JsonNode? node)
    {
        switch (node)
        {
            case JsonArray list:
                return list.Select(ToObject).ToArray();
            case JsonObject map:
                var made = new PSObject();
                foreach (var (name, value) in map)
                {
                    made.Properties.Add(new PSNoteProperty(name, ToObject(value)));
                }

                return made;
            default:
                return node?.GetValueKind() switch
                {
                    JsonValueKind.True => true,
                    JsonValueKind.False => false,
                    JsonValueKind.Number => node.GetValue<long>(),
                    JsonValueKind.String => node.GetValue<string>(),
                    _ => null,
                };
        }
    }
}
