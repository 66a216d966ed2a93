using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Databases;

/// <summary>The databases of a release, for versions and values whose charts were rendered.</summary>
public sealed class GetDatabaseTests : IDisposable
{
    const string External = """
        postgres: {external: {enabled: true, existingSecretName: pg, connectionUrlSecretKey: url, iamAuthProvider: azure}}
        fleet: {enabled: true, postgres: {external: {enabled: true, connectionUrl: "postgres://u:p%40@h:5432/fleet?sslmode=require", iamProvider: ""}}}
        engineInsightsAgent: {postgres: {external: {enabled: true, host: h2, user: me, password: secret, database: ins}}}
        polly: {enabled: false, postgres: {external: {enabled: true, existingSecretName: unused}}}
        smithdb:
          enabled: true
          config: {existingSecretName: smith, metastore: {hostSecretKey: a, databaseSecretKey: b, usernameSecretKey: c, passwordSecretKey: d, useSsl: true}}
          langsmith: {migration: {enabled: true}}
          migration: {taskdb: {postgres: {external: {enabled: true, host: th, username: tu, password: tp, useSsl: true}}}}
        """;

    readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("0.14.0", "LangSmith InCluster")]
    [InlineData("0.15.0", "LangSmith InCluster, Fleet Off, Insights Off, Polly Off")]
    [InlineData("0.15.1", "LangSmith InCluster, Fleet Off, Insights InCluster, Polly InCluster")]
    [InlineData("0.16.11", "LangSmith InCluster, Fleet Off, Insights InCluster, Polly InCluster, SmithDbMetastore Off, SmithDbTaskDb Off")]
    public void A_chart_has_the_databases_of_its_version(string version, string expected) => Assert.Equal(
        expected, _session.Run($"(Get-LangSmithPgDatabase -ChartVersion {version} | ForEach-Object {{ \"$($_.Purpose) $($_.Location)\" }}) -join ', '").Single.BaseObject);

    [Theory]
    [InlineData("0.15.17", "fleet.postgres.external", "")]
    [InlineData("0.16.0", "fleet.postgres.external", "fleet.postgres.external.iamProvider")]
    [InlineData("0.15.17", "insights.postgres.external", "")]
    [InlineData("0.16.0", "engineInsightsAgent.postgres.external", "engineInsightsAgent.postgres.external.iamProvider")]
    [InlineData("0.16.4", "smithdb.config.metastore", "")]
    [InlineData("0.16.5", "smithdb.config.metastore", "smithdb.config.metastore.iamAuthProvider")]
    [InlineData("0.12.33", "postgres.external", "")]
    [InlineData("0.12.34", "postgres.external", "postgres.external.iamAuthProvider")]
    public void Identities_log_in_from_a_version_on(string version, string path, string key) => Assert.Equal(
        key, $"{_session.Run($"(Get-LangSmithPgDatabase -ChartVersion {version} | Where-Object {{ \"$($_.ValuesPath)\" -eq '{path}' }}).IamKey").Output.SingleOrDefault()}");

    [Fact]
    public void Values_say_where_each_database_is()
    {
        _session.Set("values", External);
        Assert.Equal(
            [
                "LangSmith|External|pg|url||Azure",
                "Fleet|External||postgres_connection_url|u:p%40@h:5432/fleet?sslmode=require|",
                "Insights|External||postgres_connection_url|me:secret@h2:5432/ins?sslmode=disable|",
                "Polly|Off||postgres_connection_url||",
                "SmithDbMetastore|External|smith|a,b,c,d||",
                "SmithDbTaskDb|External||postgres_host,postgres_db,postgres_user,postgres_password|tu:tp@th:5433/smithdb_migration?sslmode=require|",
            ],
            _session.Run("$values | Get-LangSmithPgDatabase -ChartVersion 0.16.11 | ForEach-Object { $_.Purpose, $_.Location, $_.SecretName, ($_.SecretKeys -join ','), $(if ($_.Connection) { $_.Connection.ToPlainText() }), $_.IamAuthProvider -join '|' }")
                .Output.Select(one => (string)one.BaseObject));
    }

    [Theory]
    [InlineData("Fleet", "standalone-fleet-api-server,standalone-fleet-queue")]
    [InlineData("Insights", "standalone-insights-api-server,standalone-insights-queue")]
    [InlineData("Polly", "")]
    [InlineData("SmithDbMetastore", "smithdb-compaction,smithdb-compaction-worker,smithdb-ingestion,smithdb-query,smithdb-migration,smithdb-metastore-migration")]
    [InlineData("SmithDbTaskDb", "smithdb-migration")]
    public void The_pods_are_those_that_connect(string purpose, string pods)
    {
        _session.Set("values", External);
        foreach (var version in new[] { "0.16.0", "0.16.11" })
        {
            Assert.Equal(pods, _session.Run($"($values | Get-LangSmithPgDatabase -Purpose {purpose} -ChartVersion {version}).Pods -join ','").Single.BaseObject);
        }
    }

    [Fact]
    public void The_agents_pods_connect_to_LangSmiths_database_too()
    {
        _session.Set("values", External);
        var pods = (string)_session.Run("($values | Get-LangSmithPgDatabase -Purpose LangSmith -ChartVersion 0.16.11).Pods -join ','").Single.BaseObject;
        Assert.Contains("standalone-fleet-queue", pods, StringComparison.Ordinal);
        Assert.DoesNotContain("polly", pods, StringComparison.Ordinal);
        Assert.DoesNotContain("smithdb", pods, StringComparison.Ordinal);
    }

    [Fact]
    public void A_template_s_placeholder_is_no_connection()
    {
        _session.Set("values", "polly: {postgres: {external: {enabled: true, connectionUrl: \"${POLLY_URL}\"}}}");
        var result = _session.Run("$values | Get-LangSmithPgDatabase -Purpose Polly");
        Assert.Null(result.Single.Properties["Connection"].Value);
        Assert.Empty(result.Errors);
    }

    [Fact]
    public void The_password_is_not_shown()
    {
        _session.Set("values", External);
        Assert.DoesNotContain("secret", _session.Show("$values | Get-LangSmithPgDatabase; $values | Get-LangSmithPgDatabase | Format-List *"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_may_be_written_as_helm_list_shows_it() =>
        Assert.Equal(4, _session.Run("Get-LangSmithPgDatabase -ChartVersion langsmith-0.15.17").Output.Count);

    [Fact]
    public void A_file_that_is_not_there_is_one_error() => Assert.Equal("FileNotFound", _session.Run("Get-LangSmithPgDatabase ./absent.yaml").ErrorId);
}
