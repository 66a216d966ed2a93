using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Findings;
using LangSmithPg.Readiness;
using LangSmithPg.Sandbox.Postgres;

namespace LangSmithPg.Postgres.Tests.Readiness;

/// <summary>A real server that has the roles and settings by which a cloud is known.</summary>
public sealed class CloudTests
{
    [Fact]
    public async Task Amazon_RDS_and_its_IAM_role()
    {
        await using var server = await StartAsync(["CREATE ROLE rdsadmin SUPERUSER", "CREATE ROLE rds_superuser", "CREATE ROLE rds_iam"], []);
        var tenant = await Tenant.CreateAsync(server);

        var stranger = await EvaluateAsync(tenant, IamAuthProvider.Aws);
        Assert.Contains("Amazon RDS", stranger["Server.Provider"].Message, StringComparison.Ordinal);
        Assert.Equal(FindingStatus.Fail, stranger["Iam.Role"].Status);

        await tenant.AskAsync(stranger["Iam.Role"].Fix!.Text);
        Assert.Equal(FindingStatus.Pass, (await EvaluateAsync(tenant, IamAuthProvider.Aws))["Iam.Role"].Status);
        Assert.Equal(FindingStatus.Fail, (await EvaluateAsync(tenant, IamAuthProvider.Azure))["Iam.Role"].Status);
    }

    [Fact]
    public async Task Azure_and_its_list_of_extensions()
    {
        await using var server = await StartAsync(
            ["CREATE ROLE azuresu SUPERUSER", "CREATE ROLE azure_pg_admin"], new() { ["azure.extensions"] = "PGCRYPTO,VECTOR" });
        var tenant = await Tenant.CreateAsync(server);
        await tenant.AskAsync($"ALTER DATABASE {tenant.QuotedDatabase} OWNER TO {tenant.QuotedRole}");

        var findings = await EvaluateAsync(tenant, iam: null);

        Assert.Contains("Azure Database for PostgreSQL", findings["Server.Provider"].Message, StringComparison.Ordinal);
        Assert.Equal(FindingStatus.Pass, findings["Extension.pgcrypto"].Status);
        Assert.Equal(FindingStatus.Fail, findings["Extension.citext"].Status);
        Assert.Contains("--name azure.extensions --value PGCRYPTO,VECTOR,BTREE_GIN,BTREE_GIST,CITEXT,LTREE,PG_TRGM ", findings["Extension.citext"].Fix?.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cloud_SQL_and_its_service_account()
    {
        await using var server = await StartAsync(
            ["CREATE ROLE cloudsqlsuperuser", "CREATE ROLE cloudsqliamserviceaccount"], new() { ["cloudsql.iam_authentication"] = "on" });
        var tenant = await Tenant.CreateAsync(server);
        Assert.Equal(FindingStatus.Fail, (await EvaluateAsync(tenant, IamAuthProvider.Gcp))["Iam.Role"].Status);

        await tenant.AskAsync($"GRANT cloudsqliamserviceaccount TO {tenant.QuotedRole}");

        var findings = await EvaluateAsync(tenant, IamAuthProvider.Gcp);
        Assert.Contains("Google Cloud SQL", findings["Server.Provider"].Message, StringComparison.Ordinal);
        Assert.Equal(FindingStatus.Pass, findings["Iam.Role"].Status);
    }

    static Task<PostgresServer> StartAsync(string[] roles, Dictionary<string, string> settings) =>
        Sandbox.Tests.Servers.StartAsync(new() { InitStatements = roles, Settings = settings });

    // The look goes by password, as the server has no TLS; that LangSmith logs in by IAM is what the rules are told.
    static async Task<Dictionary<string, Finding>> EvaluateAsync(Tenant tenant, IamAuthProvider? iam)
    {
        var observation = await tenant.Parts.LookAsync();
        Assert.NotNull(observation.Facts);
        var connection = PgConnectionString.FromParts(tenant.Parts with { IamAuthProvider = iam, Password = iam is null ? tenant.Parts.Password : null, SslMode = SslMode.Require }).Require();
        return ReadinessRules.Evaluate(new(connection, observation.Facts, new(2026, 1, 1))).ToDictionary(finding => finding.Id);
    }
}
