using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Findings;
using LangSmithPg.Servers;

namespace LangSmithPg.Core.Tests.Readiness;

/// <summary>The rules about what the server is and what stands around it.</summary>
public sealed class EnvironmentRuleTests
{
    [Theory]
    [InlineData("CockroachDB CCL v24.1.0", "CockroachDB")]
    [InlineData("PostgreSQL 11.2-YB-2.20.1.0-b0 on x86_64", "YugabyteDB")]
    [InlineData("PostgreSQL 8.0.2 on i686-pc-linux-gnu, Redshift 1.0.77", "Amazon Redshift")]
    public void What_only_speaks_the_protocol_fails(string version, string name)
    {
        var finding = Inputs.Of(null, facts => facts with { Server = facts.Server with { Version = version } }).Find("Server.Product");
        Assert.Equal(FindingStatus.Fail, finding.Status);
        Assert.Contains(name, finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("amazon-rds", "Amazon RDS", "rds_iam")]
    [InlineData("amazon-aurora", "Amazon Aurora", "rds_iam")]
    [InlineData("google-cloud-sql", "Google Cloud SQL", "")]
    [InlineData("google-alloydb", "Google AlloyDB", "not with AlloyDB")]
    [InlineData("azure", "Azure Database for PostgreSQL", "azure.extensions")]
    [InlineData("azure-cosmos-db", "Azure Cosmos DB for PostgreSQL", "Citus")]
    [InlineData("supabase", "Supabase", "")]
    [InlineData("neon", "Neon", "")]
    public void The_provider_is_named_with_what_follows(string recorded, string name, string implication)
    {
        var finding = Inputs.Of(recorded).Find("Server.Provider");
        Assert.Equal(FindingStatus.Pass, finding.Status);
        Assert.Contains(name, finding.Message, StringComparison.Ordinal);
        Assert.Contains(implication, finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("db.abc.eu-central-1.rds.amazonaws.com", "amazon-rds", FindingStatus.Pass)]
    [InlineData("db.abc.eu-central-1.rds.amazonaws.com", "amazon-aurora", FindingStatus.Pass)]
    [InlineData("db.cluster-abc.eu-central-1.rds.amazonaws.com", null, FindingStatus.Pass)]
    [InlineData("db.postgres.database.azure.com", "amazon-rds", FindingStatus.Warning)]
    [InlineData("db.postgres.database.azure.com.", "azure", FindingStatus.Pass)]
    public void A_name_that_says_otherwise_is_told(string host, string? recorded, FindingStatus status) =>
        Assert.Equal(status, Connected(Inputs.Of(recorded), $"u:p@{host}/d").Find("Server.Provider").Status);

    [Fact]
    public void A_standby_and_a_read_only_database_fail()
    {
        var standby = Inputs.Of(null, facts => facts with { Server = facts.Server with { InRecovery = true } }).Find("Server.Writable");
        Assert.Equal(FindingStatus.Fail, standby.Status);
        Assert.Contains("primary", standby.Fix?.Text, StringComparison.Ordinal);

        var server = Inputs.Of(null, facts => facts with { Server = facts.Server with { ReadOnlyByDefault = true } }).Find("Server.Writable");
        Assert.Equal(FindingStatus.Fail, server.Status);
        Assert.StartsWith("-- Some clouds", server.Fix?.Text, StringComparison.Ordinal);

        var role = Inputs.Of(null, facts => facts with
        {
            Server = facts.Server with { ReadOnlyByDefault = true },
            Overrides = [new("app", "d", "default_transaction_read_only=on")],
        }).Find("Server.Writable");
        Assert.Equal("BEGIN READ WRITE; ALTER ROLE \"langsmith\" IN DATABASE \"langsmith\" SET default_transaction_read_only = off; COMMIT;", role.Fix?.Text);
        Assert.Equal(FindingStatus.Pass, Inputs.Of(provider: null).Find("Server.Writable").Status);
    }

    [Fact]
    public void Another_encoding_fails()
    {
        var finding = Inputs.Of(null, facts => facts with { Database = facts.Database with { Encoding = "SQL_ASCII" } }).Find("Database.Encoding");
        Assert.Equal(FindingStatus.Fail, finding.Status);
        Assert.Contains("ENCODING 'UTF8' TEMPLATE template0", finding.Fix?.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost", false, FindingStatus.NotApplicable)]
    [InlineData("127.0.0.1", false, FindingStatus.NotApplicable)]
    [InlineData("[::1]", false, FindingStatus.NotApplicable)]
    [InlineData("db.example.com", false, FindingStatus.Warning)]
    [InlineData("db.example.com", true, FindingStatus.Pass)]
    public void A_password_in_clear_on_the_network_is_a_warning(string host, bool tls, FindingStatus status)
    {
        var input = Connected(Inputs.Of(provider: null), $"u:p@{host}/d") with { Tls = tls ? Tls : null };
        Assert.Equal(status, input.Find("Tls.Encryption").Status);
    }

    [Theory]
    [InlineData(true, true, FindingStatus.Pass)]
    [InlineData(true, false, FindingStatus.Warning)]
    [InlineData(true, null, FindingStatus.Unknown)]
    [InlineData(false, false, FindingStatus.NotApplicable)]
    public void TLS_that_ends_early_is_a_warning(bool here, bool? there, FindingStatus status)
    {
        var input = Inputs.Of(null, facts => facts with { Tls = there is { } encrypted ? new(encrypted, null, null) : null }) with { Tls = here ? Tls : null };
        Assert.Equal(status, input.Find("Tls.Termination").Status);
    }

    [Fact]
    public void RDS_Proxy_is_named_by_its_name_and_by_its_words()
    {
        var byName = Connected(Inputs.Of("amazon-rds"), "u:p@db.proxy-abc.eu-central-1.rds.amazonaws.com/d").Find("Pooler");
        var byWords = (Inputs.Of("amazon-rds") with { Pooler = new(new("0A000", "Feature not supported: RDS Proxy currently doesn't support command-line options."), null) }).Find("Pooler");
        Assert.All([byName, byWords], finding =>
        {
            Assert.Equal(FindingStatus.Fail, finding.Status);
            Assert.StartsWith("The connection goes through Amazon RDS Proxy", finding.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_pooler_that_Azure_builds_in_is_mended_by_Azures_commands()
    {
        var transaction = (Inputs.Of("azure") with { Pooler = new(null, SharesBackends: true) }).Find("Pooler");
        Assert.StartsWith("az postgres flexible-server parameter set", transaction.Fix?.Text, StringComparison.Ordinal);
        Assert.Contains("5432", transaction.Fix?.Text, StringComparison.Ordinal);
        var parameters = (Inputs.Of("azure") with { Pooler = new(new("08P01", "unsupported startup parameter: search_path"), SharesBackends: false) }).Find("Pooler");
        Assert.Contains("pgbouncer.ignore_startup_parameters", parameters.Fix?.Text, StringComparison.Ordinal);
        Assert.Equal("08P01 unsupported startup parameter: search_path", parameters.Evidence);
    }

    internal static readonly ClientTls Tls = new("TLSv1.3", "TLS_AES_256_GCM_SHA384", "CN=db", null);

    internal static ReadinessInput Connected(ReadinessInput input, string text, IamAuthProvider? iam = null) =>
        input with { Connection = PgConnectionString.Parse(text).Require().With(iam, schema: null).Require() };
}
