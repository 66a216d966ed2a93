using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Databases;

/// <summary>Secrets and values of the databases beside LangSmith's own.</summary>
public sealed class PurposeTests : IDisposable
{
    const string Url = "postgresql://u:p%40@h:6432/d?sslmode=verify-full&sslrootcert=system";

    readonly ModuleSession _session = new();

    public PurposeTests() => _session.Set("url", Url);

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("LangSmith", "postgres-secret", "connection_url=u:p%40@h:6432/d?sslmode=verify-full&sslrootcert=system")]
    [InlineData("Fleet", "fleet-postgres-secret", "postgres_connection_url=" + Url)]
    [InlineData("Insights", "insights-postgres-secret", "postgres_connection_url=" + Url)]
    [InlineData("Polly", "polly-postgres-secret", "postgres_connection_url=" + Url)]
    [InlineData("SmithDbMetastore", "smithdb-secret", "postgres_host=h, postgres_db=d, postgres_user=u, postgres_password=p@")]
    [InlineData("SmithDbTaskDb", "smithdb-taskdb-secret", "postgres_host=h, postgres_db=d, postgres_user=u, postgres_password=p@")]
    public void A_Secret_has_the_keys_that_the_chart_reads(string purpose, string name, string entries)
    {
        var result = _session.Run($"$s = New-LangSmithPgSecret $url -Purpose {purpose}; \"$($s.Name): $(($s.Entries | ForEach-Object {{ \"$($_.Key)=$($_.Value.Reveal())\" }}) -join ', ')\"");
        Assert.Equal($"{name}: {entries}", result.Single.BaseObject);
        Assert.Empty(result.Errors);
        Assert.Empty(result.Warnings);
    }

    [Theory]
    [InlineData("Fleet")]
    [InlineData("SmithDbMetastore")]
    public void What_was_written_is_read_back(string purpose) => Assert.Equal(
        "h d u p@",
        _session.Run($"$c = New-LangSmithPgSecret $url -Purpose {purpose} | ConvertTo-LangSmithYaml | Get-LangSmithPgConnection; \"$($c.HostName) $($c.Database) $($c.UserName) $($c.Password.Reveal())\"").Single.BaseObject);

    [Theory]
    [InlineData("Fleet", "0.16.11", "fleet: {postgres: {external: {enabled: true, existingSecretName: fleet-postgres-secret}}}")]
    [InlineData("Insights", "0.15.17", "insights: {postgres: {external: {enabled: true, existingSecretName: insights-postgres-secret}}}")]
    [InlineData("Insights", "0.16.11", "engineInsightsAgent: {postgres: {external: {enabled: true, existingSecretName: insights-postgres-secret}}}")]
    [InlineData("SmithDbMetastore", "0.16.11", "smithdb: {config: {existingSecretName: smithdb-secret, metastore: {hostSecretKey: postgres_host, databaseSecretKey: postgres_db, usernameSecretKey: postgres_user, port: '6432', useSsl: true, passwordSecretKey: postgres_password}}}")]
    [InlineData("SmithDbTaskDb", "0.16.11", "smithdb: {migration: {taskdb: {postgres: {external: {enabled: true, existingSecretName: smithdb-taskdb-secret, port: '6432', useSsl: true}}}}}")]
    public void Values_are_those_of_the_version(string purpose, string version, string expected)
    {
        var written = _session.Run($"(New-LangSmithHelmValues $url -Purpose {purpose} -ChartVersion {version} | ConvertTo-LangSmithYaml) -join ''");
        Assert.Equal(Flat(expected), Flat((string)written.Single.BaseObject));
        Assert.Empty(written.Warnings);

        static string Flat(string yaml) => string.Concat(yaml.Where(one => !char.IsWhiteSpace(one) && one is not ('{' or '}' or ',' or '\'' or '"')));
    }

    [Theory]
    [InlineData("Fleet", "Azure", "fleet.postgres.external.iamProvider=azure")]
    [InlineData("Polly", "Aws", "polly.postgres.external.iamProvider=aws")]
    [InlineData("SmithDbMetastore", "Gcp", "smithdb.config.metastore.iamUsername=u, smithdb.config.metastore.iamAuthProvider=gcp")]
    public void Identities_log_in_where_the_chart_lets_them(string purpose, string provider, string expected) => Assert.Equal(
        expected,
        _session.Run($"$c = New-LangSmithPgConnectionString h d -UserName u -IamAuthProvider {provider}; (New-LangSmithHelmValues $c -Purpose {purpose} -ChartVersion 0.16.11).Entries.Where({{ \"$($_.Path)\" -like '*iam*' }}).ForEach({{ \"$($_.Path)=$($_.Value)\" }}) -join ', '").Single.BaseObject);

    [Theory]
    [InlineData("New-LangSmithHelmValues $url -Purpose Polly -ChartVersion 0.14.0", "Chart 0.14.0 has no database for Polly.")]
    [InlineData("New-LangSmithHelmValues $iam -Purpose Polly -ChartVersion 0.15.17", "Chart 0.15.17 supports only passwords for Polly.")]
    [InlineData("New-LangSmithHelmValues $iam -Purpose SmithDbTaskDb", "supports only passwords for SmithDbTaskDb.")]
    [InlineData("New-LangSmithHelmValues $url -Purpose SmithDbMetastore -IncludeConnectionUrl", "The chart reads the connection of SmithDbMetastore from a Secret only.")]
    [InlineData("New-LangSmithHelmValues $url -Purpose Fleet -ConnectionUrlSecretKey x", "The chart has a key of the Secret to set only for LangSmith's own database, not for Fleet.")]
    [InlineData("New-LangSmithPgSecret $url -Purpose Fleet -Key x", "The chart does not let you choose the key of the Secret for Fleet.")]
    [InlineData("New-LangSmithPgSecret 'u:p@h1,h2/d' -Purpose SmithDbMetastore -WarningAction Ignore", "SmithDbMetastore supports one host, and the connection has 2.")]
    [InlineData("New-LangSmithPgSecret $url -Purpose Unknown", "The purpose of the database is not specified.")]
    public void What_the_chart_cannot_use_is_one_error(string script, string message)
    {
        var result = _session.Run($"$iam = New-LangSmithPgConnectionString h d -UserName u -IamAuthProvider Azure; {script}");
        Assert.Equal("DatabaseNotSupported", result.ErrorId);
        Assert.Contains(message, result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(result.Errors[0].ErrorDetails.RecommendedAction);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("New-LangSmithPgSecret $url -Purpose Poly")]
    [InlineData("New-LangSmithHelmValues $url -Purpose Poly")]
    public void A_purpose_that_is_misspelled_is_told_which_one_was_meant(string script)
    {
        var result = _session.Run(script);
        Assert.Equal("InvalidValue", result.ErrorId);
        Assert.Contains("Did you mean Polly?", result.Errors[0].ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Fleet", "fleet.apiServer.serviceAccount.annotations, fleet.queue.serviceAccount.annotations")]
    [InlineData("Insights, Polly", "engineInsightsAgent.apiServer.serviceAccount.annotations, engineInsightsAgent.queue.serviceAccount.annotations, polly.apiServer.serviceAccount.annotations, polly.queue.serviceAccount.annotations")]
    [InlineData("SmithDbMetastore", "smithdb.serviceAccount.annotations")]
    public void The_accounts_of_a_database_are_annotated(string purpose, string expected) => Assert.Equal(
        expected,
        _session.Run($"(Set-LangSmithIamAnnotations -RoleArn arn:aws:iam::123456789012:role/langsmith -Purpose {purpose} -ChartVersion 0.16.11).Entries.ForEach({{ \"$($_.Path.Parent)\" }}) -join ', '").Single.BaseObject);

    [Theory]
    [InlineData("-Purpose SmithDbTaskDb -ChartVersion 0.16.11", "Chart 0.16.11 supports only passwords for SmithDbTaskDb.")]
    [InlineData("-Purpose Polly -ChartVersion 0.15.17", "Chart 0.15.17 supports only passwords for Polly.")]
    [InlineData("-Purpose LangSmith, SmithDbMetastore -ChartVersion 0.16.4", "Chart 0.16.4 supports only passwords for SmithDbMetastore.")]
    public void What_knows_no_identities_is_not_annotated(string arguments, string message)
    {
        var result = _session.Run($"Set-LangSmithIamAnnotations -RoleArn arn:aws:iam::123456789012:role/langsmith {arguments}");
        Assert.Equal("DatabaseNotSupported", result.ErrorId);
        Assert.Equal(message, Assert.Single(result.Errors).ToString());
        Assert.Contains("Get-LangSmithPgDatabase", result.Errors[0].ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void Another_cloud_than_the_values_name_for_a_database_is_refused() => Assert.Equal(
        "OtherIamProvider",
        _session.Run("New-LangSmithPgConnectionString h d -UserName u -IamAuthProvider Azure -Purpose Polly | New-LangSmithHelmValues | Set-LangSmithIamAnnotations -Purpose Polly -RoleArn arn:aws:iam::123456789012:role/langsmith").ErrorId);

    [Fact]
    public void A_row_of_a_table_has_its_purpose() => Assert.Equal(
        "fleet-postgres-secret smithdb-secret",
        _session.Run("([pscustomobject]@{ HostName = 'h'; Database = 'd'; UserName = 'u'; Password = 'p'; Purpose = 'Fleet' }, @{ HostName = 'h'; Database = 'm'; UserName = 'u'; Password = 'p'; Purpose = 'SmithDbMetastore' } | New-LangSmithPgSecret).Name -join ' '").Single.BaseObject);

    [Fact]
    public void SmithDB_without_TLS_is_a_warning() => Assert.Contains(
        "will connect without TLS", Assert.Single(_session.Run("New-LangSmithHelmValues 'u:p@h/d?sslmode=disable' -Purpose SmithDbMetastore").Warnings), StringComparison.Ordinal);

    [Fact]
    public void Values_of_every_database_go_into_one_file_without_a_failure_and_leave_none_in_the_cluster()
    {
        var folder = Directory.CreateTempSubdirectory("langsmithpg-tests-");
        try
        {
            var file = Path.Join(folder.FullName, "values.yaml");
            File.WriteAllText(file, "fleet:\n  enabled: true\nsmithdb:\n  enabled: true\n  langsmith:\n    migration:\n      enabled: true\n");
            _session.Set("file", file);
            _session.Run("""
                foreach ($purpose in 'LangSmith', 'Fleet', 'Insights', 'Polly', 'SmithDbMetastore', 'SmithDbTaskDb') {
                    New-LangSmithHelmValues "postgresql://u:p@h/$($purpose.ToLower())?sslmode=require" -Purpose $purpose -ChartVersion 0.16.11 | Export-LangSmithHelmValues $file
                }
                """).ThrowIfFailed();

            Assert.Equal(
                ["External", "External", "External", "External", "External", "External"],
                _session.Run("Get-LangSmithPgDatabase $file -ChartVersion 0.16.11 | ForEach-Object { \"$($_.Location)\" }").Output.Select(one => (string)one.BaseObject));
            Assert.Empty(_session.Run("(Test-LangSmithHelmValues $file -ChartVersion 0.16.11).Findings | Where-Object Status -EQ Fail").Output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_URL_is_in_the_values_only_where_it_is_asked_for()
    {
        Assert.Contains(Url, (string)_session.Run("(New-LangSmithHelmValues $url -Purpose Polly -IncludeConnectionUrl | ConvertTo-LangSmithYaml) -join ''").Single.BaseObject, StringComparison.Ordinal);
        Assert.DoesNotContain("p%40", _session.Show("New-LangSmithHelmValues $url -Purpose Polly -IncludeConnectionUrl; New-LangSmithPgSecret $url -Purpose Polly"), StringComparison.Ordinal);
    }
}
