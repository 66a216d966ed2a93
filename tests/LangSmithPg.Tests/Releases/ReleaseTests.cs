using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Releases;

/// <summary>All databases of a release: from values and Secrets to live servers.</summary>
public sealed class ReleaseTests : IDisposable
{
    const string Values = """
        postgres: {external: {enabled: true, existingSecretName: pg}}
        polly: {postgres: {external: {enabled: true, existingSecretName: polly-pg}}}
        engine: {enabled: false}
        insights: {enabled: false}

        """;

    readonly TemporaryFolder _folder = new();
    readonly ModuleSession _session = new();
    readonly LiveServer _server;

    public ReleaseTests(LiveServer server)
    {
        _server = server;
        server.Introduce(_session);
        _session.Set("values", Write("values.yaml", Values));
        _session.Run($"$polly = New-LangSmithPgConnectionString {server.Arguments("owner", "install_here")} -Purpose Polly").ThrowIfFailed();
        _session.Run("$secrets = ($ready | New-LangSmithPgSecret -Name pg), ($polly | New-LangSmithPgSecret -Name polly-pg)").ThrowIfFailed();
    }

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("-Secret $secrets")]
    [InlineData("-Secret ($secrets | ConvertTo-LangSmithYaml)")]
    [InlineData("-Secret (($secrets | ConvertTo-LangSmithYaml) -split '\n')")]
    [InlineData("-Secret $file")]
    [InlineData("-Secret ([IO.FileInfo]$file)")]
    [InlineData("-Secret $listed")]
    public void Every_database_is_found_and_tested(string secrets)
    {
        _session.Set("file", Path.Join(_folder.Path, "secrets.yaml"));
        _session.Run("$secrets | Export-LangSmithYaml $file -Force").ThrowIfFailed();
        // As kubectl lists them, with encoded values.
        _session.Run("""
            $listed = [pscustomobject]@{ apiVersion = 'v1'; kind = 'List'; items = @($secrets | ForEach-Object {
                $data = @{}
                $_.Entries | ForEach-Object { $data[$_.Key] = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($_.Value.Reveal())) }
                [pscustomobject]@{ apiVersion = 'v1'; kind = 'Secret'; metadata = [pscustomobject]@{ name = $_.Name }; data = [pscustomobject]$data } }) }
            """).ThrowIfFailed();

        var result = _session.Run($"Test-LangSmithPgRelease $values {secrets}");

        result.ThrowIfFailed();
        _session.Set("release", result.Single);
        Assert.Equal("", Ask("$release.Problems -join \"`n\""));
        Assert.Equal("ready True", Ask("\"$($release.Verdict) $($release.IsReady)\""));
        Assert.Equal($"LangSmith localhost:{_server.Port}/ready, Polly localhost:{_server.Port}/install_here", Ask("$release.Databases.ForEach({ \"$($_.Purpose) $($_.Target)\" }) -join ', '"));
        Assert.Equal("6 0", Ask("$release.Databases.ForEach({ @($_.Findings.Where({ $_.Id -like 'Extension.*' })).Count }) -join ' '"));
        Assert.Equal("0", Ask("@($release.Databases.Where({ -not $_.ServerVersion })).Count"));
        Assert.DoesNotContain(LiveServer.Password, _session.Show($"Test-LangSmithPgRelease $values {secrets} -Verbose *>&1 | Format-List *"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_Secret_that_was_not_given_leaves_the_database_open()
    {
        Test("-Secret $secrets[0]");

        Assert.Equal("not known: 1 of 2 databases False", Ask("\"$($release.Verdict) $($release.IsReady)\""));
        Assert.Contains("kubectl get secret polly-pg", Ask("$release.Databases[1].Findings.Where({ $_.Id -eq 'Connection' }).Fix"), StringComparison.Ordinal);
        Assert.Equal(false, _session.Run("Test-LangSmithPgRelease $values -Secret $secrets[0] -Quiet").Single.BaseObject);
        Assert.Equal(true, _session.Run("Test-LangSmithPgRelease $values -Secret $secrets[0] -Quiet -Purpose LangSmith").Single.BaseObject);
    }

    [Fact]
    public void What_is_wrong_in_a_Secret_is_told_like_what_is_wrong_in_values()
    {
        // Nothing puts a scheme in front of an agent's, and both lead to one database.
        _session.Run("$wrong = [pscustomobject]@{ kind = 'Secret'; metadata = [pscustomobject]@{ name = 'polly-pg' }; stringData = [pscustomobject]@{ postgres_connection_url = $ready.ToPlainText() } }").ThrowIfFailed();
        Test("-Secret $secrets[0], $wrong");

        Assert.Equal("not ready: 1 of 2 databases", Ask("$release.Verdict"));
        Assert.Equal("Values.ConnectionUrl Secret polly-pg, Values.SameDatabase Secret polly-pg", Ask("$release.Problems.ForEach({ \"$($_.Id) $($_.Evidence)\" }) -join ', '"));
        // What the values say of the Secret itself is as it was.
        Assert.Equal("0", Ask("@($release.Databases[0].Findings.Where({ $_.Evidence -like 'Secret *' })).Count"));
    }

    [Theory]
    [InlineData("other_key", "key postgres_connection_url", "other_key")]
    public void A_key_that_a_Secret_lacks_is_named(string key, string lacking, string present)
    {
        _session.Run($"$wrong = [pscustomobject]@{{ kind = 'Secret'; metadata = [pscustomobject]@{{ name = 'polly-pg' }}; stringData = [pscustomobject]@{{ {key} = 'hidden' }} }}").ThrowIfFailed();
        Test("-Secret $secrets[0], $wrong");

        Assert.Equal($"Release.Secret: The Secret polly-pg lacks {lacking}. It has {present}.", Ask("$release.Problems.ForEach({ \"$($_.Id): $($_.Message) $($_.Evidence)\" })"));
        Assert.DoesNotContain("hidden", _session.Show("Test-LangSmithPgRelease $values -Secret $secrets[0], $wrong -Verbose *>&1 | Format-List *"), StringComparison.Ordinal);
    }

    [Fact]
    public void SmithDB_is_put_together_from_its_parts()
    {
        _session.Set("values", Write("smith.yaml", Values + $$"""
            smithdb:
              enabled: true
              config:
                existingSecretName: smithdb-secret
                metastore: {hostSecretKey: postgres_host, databaseSecretKey: postgres_db, usernameSecretKey: postgres_user, passwordSecretKey: postgres_password, port: {{_server.Port}}, useSsl: true}

            """));
        _session.Run($"$smith = New-LangSmithPgConnectionString {_server.Arguments("owner", "install_script")} -Purpose SmithDbMetastore | New-LangSmithPgSecret").ThrowIfFailed();

        Test("-Secret ($secrets + $smith)");
        Assert.Equal($"localhost:{_server.Port}/install_script owner", Ask("$m = $release.Databases.Where({ $_.Purpose -eq 'SmithDbMetastore' })[0]; \"$($m.Target) $($m.UserName)\""));
        Assert.Contains("Tls.Authority", Ask("$m.Problems.Id"), StringComparison.Ordinal);

        Test("-Secret ($secrets + (New-LangSmithPgConnectionString h d -UserName u | New-LangSmithPgSecret -Purpose SmithDbMetastore 3>$null))");
        Assert.Equal("The Secret smithdb-secret lacks key postgres_password (password).", Ask("$release.Problems.Message"));
    }

    [Theory]
    // Where the values name the user, the chart does not read the key of the Secret, with or without a provider.
    [InlineData("iamUsername: owner", "postgres_host postgres_db postgres_password", "ready owner install_script", "")]
    [InlineData("iamUsername: owner", "postgres_host postgres_db", "not known", "Release.Secret: The Secret smithdb-secret lacks key postgres_password (password).")]
    [InlineData("port: 1", "postgres_host postgres_db postgres_password", "not known", "Release.Secret: The Secret smithdb-secret lacks key postgres_user (user).")]
    // Kubernetes does not start a pod without a key that is named.
    [InlineData("iamUsername: owner, iamAuthProvider: aws", "postgres_host postgres_db", "not known", "Release.Secret: The Secret smithdb-secret lacks key postgres_password (password).")]
    [InlineData("iamUsername: owner, usernameSecretKey: ''", "postgres_host postgres_db postgres_password", "ready owner install_script", "Values.NoConnection: The connection of SmithDB is not complete: smithdb.config.metastore.usernameSecretKey is not set.")]
    [InlineData("hostSecretKey: ''", "postgres_host postgres_db postgres_user postgres_password", "not known", "Values.NoConnection: The connection of SmithDB is not complete: smithdb.config.metastore.hostSecretKey is not set.")]
    public void The_keys_of_SmithDB_s_Secret_are_those_that_its_pods_read(string metastore, string keys, string expected, string problems)
    {
        _session.Set("values", new[]
        {
            Write("smith.yaml", $$"""
                {{Values}}
                smithdb:
                  enabled: true
                  config:
                    existingSecretName: smithdb-secret
                    metastore: {hostSecretKey: postgres_host, databaseSecretKey: postgres_db, usernameSecretKey: postgres_user, passwordSecretKey: postgres_password, port: {{_server.Port}}, useSsl: true}

                """),
            Write("more.yaml", $"smithdb: {{config: {{metastore: {{{metastore}}}}}}}\n"),
        });
        _session.Set("keys", keys.Split(' '));
        _session.Run($$"""
            $all = @{ postgres_host = 'localhost'; postgres_db = 'install_script'; postgres_user = 'owner'; postgres_password = $password }
            $data = @{}
            $keys.ForEach({ $data[$_] = $all[$_] })
            $smith = [pscustomobject]@{ kind = 'Secret'; metadata = [pscustomobject]@{ name = 'smithdb-secret' }; stringData = [pscustomobject]$data }
            $release = Test-LangSmithPgRelease $values -Secret $smith -Purpose SmithDbMetastore
            """).ThrowIfFailed();

        Assert.Equal(expected, Ask("$m = $release.Databases[0]; $m.ServerVersion ? \"ready $($m.UserName) $($m.Target.Split('/')[1])\" : 'not known'"));
        Assert.Equal(problems, Ask("$release.Problems.Where({ $_.Id -in 'Release.Secret', 'Values.NoConnection' }).ForEach({ \"$($_.Id): $($_.Message)\" }) -join ' '"));
    }

    [Fact]
    public void A_PostgreSQL_in_the_cluster_is_told_and_not_tested()
    {
        _session.Set("values", Write("inside.yaml", "postgres: {external: {enabled: true, existingSecretName: pg}}\n"));
        Test("-Secret $secrets");

        Assert.Equal("True", Ask("$release.IsReady"));
        Assert.Contains("Insights          in cluster  engineInsightsAgent.postgres.external", _session.Show("$release"), StringComparison.Ordinal);
        Assert.Equal("Insights Release.Location, Polly Release.Location", Ask("$release.Databases.Where({ -not $_.ServerVersion }).ForEach({ \"$($_.Purpose) $($_.Findings.Id)\" }) -join ', '"));
    }

    [Fact]
    public void Run_again_it_shows_what_has_changed()
    {
        var report = Path.Join(_folder.Path, "before.json");
        _session.Set("report", report);
        _session.Run("Test-LangSmithPgRelease $values -Secret $secrets | Export-LangSmithPgReport $report").ThrowIfFailed();
        var comparison = _session.Run("Test-LangSmithPgRelease $values -Secret $secrets[0] | Compare-LangSmithPgReport $report");

        comparison.ThrowIfFailed();
        Assert.Contains("\"purpose\": \"Polly\"", File.ReadAllText(report), StringComparison.Ordinal);
        Assert.Contains("install_here", _session.Show("Test-LangSmithPgRelease $values -Secret $secrets[0] | Compare-LangSmithPgReport $report"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Secret 'missing.yaml'", "FileNotFound")]
    [InlineData("-Secret 42", "NoSecretFound")]
    [InlineData("-Secret $null", "NotASecret")]
    [InlineData("-Secret $secrets[0], $secrets[0]", "SecretRepeated")]
    [InlineData("-Secret $values", "NoSecretFound")]
    [InlineData("-Secret 'app:p4ss-in-text@db/langsmith'", "NotASecret")]
    [InlineData("-Secret \"p4ss-in-text`nmore\"", "NotASecret")]
    [InlineData("-Secret 'connection_url: p4ss-in-text'", "NoSecretFound")]
    [InlineData("-Secret ''", "NoSecretFound")]
    [InlineData("-Secret '{\"kind\": '", "DocumentNotRead")]
    public void What_is_no_Secret_is_one_error(string secrets, string id)
    {
        var result = _session.Run($"Test-LangSmithPgRelease $values {secrets}");

        Assert.Empty(result.Output);
        var error = Assert.Single(result.Errors);
        Assert.Equal(id, error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.DoesNotContain("p4ss", $"{error} {error.TargetObject}", StringComparison.Ordinal);
    }

    [Fact]
    public void It_fits_a_narrow_terminal()
    {
        var shown = _session.Show("Test-LangSmithPgRelease $values -Secret $secrets[0]");

        Assert.Contains("Polly             not known   Secret polly-pg", shown, StringComparison.Ordinal);
        Assert.Contains("Not known: 1 of 2 databases.", shown, StringComparison.Ordinal);
        Assert.Contains("kubectl get secret polly-pg", shown, StringComparison.Ordinal);
    }

    // The report is $release then.
    void Test(string arguments) => _session.Run($"$release = Test-LangSmithPgRelease $values {arguments}").ThrowIfFailed();

    string Ask(string script) => $"{_session.Run($"\"$({script})\"").Single.BaseObject}";

    string Write(string name, string text)
    {
        var path = Path.Join(_folder.Path, name);
        File.WriteAllText(path, text);
        return path;
    }
}
