using System.Management.Automation.Language;
using LangSmithPg.Sandbox.Tls;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Setup;

public sealed class SetupTests : IDisposable
{
    static readonly string[] s_all = ["fix.sql", "postgres-secret.yaml", "values.yaml", "preflight.yaml", "readiness.html", "readiness.json", "next-steps.md"];

    readonly ModuleSession _session = new();
    readonly string _folder = Path.Join(Directory.CreateTempSubdirectory("langsmithpg-").FullName, "my files");

    readonly LiveServer _server;

    public SetupTests(LiveServer server)
    {
        _server = server;
        server.Introduce(_session);
        _session.Set("folder", _folder);
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);
    }

    [Fact]
    public void A_database_that_is_not_ready_gets_its_files_and_the_SQL_that_makes_it_ready()
    {
        var result = _session.Run("Invoke-LangSmithPgSetup $bare -OutputPath $folder").Single;
        Assert.Equal(false, result.Properties["IsReady"].Value);
        Assert.Equal(s_all, Names("$_.Path"));
        Assert.Equal("Created", Assert.Single(Actions()));
        Assert.Equal(s_all.Order(StringComparer.Ordinal), Directory.GetFiles(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        Assert.EndsWith($"{_session.Run("($bare | Test-LangSmithPgReadiness).FixSql").Single}\n", Read("fix.sql"), StringComparison.Ordinal);
        Assert.Equal("postgres:\n  external:\n    enabled: true\n    existingSecretName: postgres-secret\n", Read("values.yaml"));
        Assert.Contains("namespace: langsmith", Read("postgres-secret.yaml"), StringComparison.Ordinal);
        Assert.Equal(_session.Run("$bare").Single.BaseObject, _session.Run("Get-LangSmithPgConnection $folder/postgres-secret.yaml").Single.BaseObject);
        Assert.Matches(@"^psql -h localhost -p \d+ -U <administrator> -d bare -f '.*my files/fix\.sql'$", Assert.Single(Commands(result)));

        string[] Names(string _) => [.. ((IEnumerable<object>)result.Properties["Files"].Value).Select(file => Path.GetFileName(file.ToString()!))];
        IEnumerable<string> Actions() => ((IEnumerable<object>)result.Properties["Files"].Value).Select(file => System.Management.Automation.PSObject.AsPSObject(file).Properties["Action"].Value.ToString()!).Distinct();
    }

    [Fact]
    public void It_comes_back_from_a_job_with_its_report_and_looks_the_same()
    {
        _session.Run("""
            $live = Invoke-LangSmithPgSetup $bare -OutputPath $folder
            $back = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($live))
            """).ThrowIfFailed();
        Assert.Equal(
            _session.Run("\"$($live.IsReady) $($live.Files[0].Path) $($live.Files[0].Action) $($live.NextCommands[0]) $($live.Report.FirstProblem) $($live.Report.Findings[0].Fix.Text)\"").Single.BaseObject,
            _session.Run("\"$($back.IsReady) $($back.Files[0].Path) $($back.Files[0].Action) $($back.NextCommands[0]) $($back.Report.FirstProblem) $($back.Report.Findings[0].Fix.Text)\"").Single.BaseObject);
        Assert.Equal(_session.Show("$live"), _session.Show("$back"));
    }

    [Fact]
    public void Nothing_but_the_Secret_holds_the_password_and_only_its_owner_reads_it()
    {
        _session.Run("Invoke-LangSmithPgSetup $bare -OutputPath $folder").ThrowIfFailed();
        foreach (var file in s_all.Where(file => file != "postgres-secret.yaml"))
        {
            Assert.DoesNotContain("S3cr3t", Read(file), StringComparison.Ordinal);
        }

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Join(_folder, "postgres-secret.yaml")));
        }
    }

    [Fact]
    public void Running_it_again_changes_only_what_has_changed()
    {
        _session.Run("Invoke-LangSmithPgSetup $bare -OutputPath $folder").ThrowIfFailed();
        var written = s_all.ToDictionary(file => file, Read);
        File.WriteAllText(Path.Join(_folder, "postgres-secret.yaml"), "stale");
        var result = _session.Run("(Invoke-LangSmithPgSetup $bare -OutputPath $folder).Files | ForEach-Object { \"$($_.Action) $([IO.Path]::GetFileName($_.Path))\" }");
        Assert.Equal(
            ["Unchanged fix.sql", "Updated postgres-secret.yaml", "Unchanged values.yaml", "Unchanged preflight.yaml", "Updated readiness.html", "Updated readiness.json", "Unchanged next-steps.md"],
            result.Output.Select(one => (string)one.BaseObject));
        Assert.All(s_all.Where(file => !file.StartsWith("readiness", StringComparison.Ordinal)), file => Assert.Equal(written[file], Read(file)));
    }

    [Fact]
    public void What_is_in_a_values_file_stays()
    {
        Directory.CreateDirectory(_folder);
        File.WriteAllText(Path.Join(_folder, "values.yaml"), "# mine\r\nconfig:\r\n  langsmithLicenseKey: k # here\r\n");
        _session.Run("Invoke-LangSmithPgSetup $ready -OutputPath $folder").ThrowIfFailed();
        Assert.Equal("# mine\r\nconfig:\r\n  langsmithLicenseKey: k # here\r\npostgres:\r\n  external:\r\n    enabled: true\r\n    existingSecretName: postgres-secret\r\n", Read("values.yaml"));
    }

    [Fact]
    public void What_a_values_file_says_otherwise_is_replaced_only_with_force()
    {
        Directory.CreateDirectory(_folder);
        File.WriteAllText(Path.Join(_folder, "values.yaml"), "postgres:\n  external:\n    enabled: true\n    existingSecretName: mine\n");
        var result = _session.Run("Invoke-LangSmithPgSetup $ready -OutputPath $folder");
        Assert.Equal("ValuesConflict", result.ErrorId);
        Assert.Contains("existingSecretName: mine", Read("values.yaml"), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Join(_folder, "preflight.yaml")));

        _session.Run("Invoke-LangSmithPgSetup $ready -OutputPath $folder -Force").ThrowIfFailed();
        Assert.Contains("existingSecretName: postgres-secret", Read("values.yaml"), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Join(_folder, "preflight.yaml")));
    }

    [Fact]
    public void A_database_that_is_missing_is_created_by_the_next_command()
    {
        _session.Set("password", LiveServer.Password);
        _session.Run($$"""
            $admin = New-LangSmithPgConnectionString {{_server.Arguments("boss", "postgres")}}
            $there = $admin | Initialize-LangSmithPgDatabase -NewDatabase setup_there -RoleName setup_app
            $missing = [LangSmithPg.Connections.PgConnectionString]($there.WithDatabase('setup later'))
            function Get-Credential { [pscredential]::new('boss', (& { $p = [securestring]::new(); foreach ($c in $password.ToCharArray()) { $p.AppendChar($c) }; $p })) }
            """).ThrowIfFailed();

        var command = Assert.Single(Commands(_session.Run("Invoke-LangSmithPgSetup $missing -OutputPath $folder").Single));

        Assert.StartsWith("New-LangSmithPgConnectionString localhost postgres -Port ", command, StringComparison.Ordinal);
        Assert.EndsWith(" | Initialize-LangSmithPgDatabase -NewDatabase 'setup later' -RoleName setup_app", command, StringComparison.Ordinal);
        _session.Run(command).ThrowIfFailed();
        Assert.Equal(true, _session.Run("Invoke-LangSmithPgSetup $missing -OutputPath $folder").Single.Properties["IsReady"].Value);
    }

    [Fact]
    public void WhatIf_tests_and_writes_nothing()
    {
        var result = _session.Run("Invoke-LangSmithPgSetup $bare -OutputPath $folder -WhatIf");
        Assert.Equal(false, result.Single.Properties["IsReady"].Value);
        Assert.False(Directory.Exists(_folder));
    }

    [Fact]
    public void The_commands_that_follow_are_those_of_a_release()
    {
        var result = _session.Run("Invoke-LangSmithPgSetup $ready -OutputPath $folder -Namespace ns -ReleaseName ls -ChartVersion 0.15.17").Single;
        Assert.Equal(true, result.Properties["IsReady"].Value);
        var commands = Commands(result);
        Assert.Equal("kubectl create namespace ns --dry-run=client -o yaml | kubectl apply -f -", commands[0]);
        Assert.StartsWith("kubectl apply --server-side -f '", commands[1], StringComparison.Ordinal);
        Assert.StartsWith("$preflight = @(kubectl logs -n ns job/langsmith-pg-preflight | ", commands[4], StringComparison.Ordinal);
        Assert.StartsWith("if ($preflight -and $preflight.IsReady -notcontains $false) { helm upgrade --install ls langchain/langsmith --version 0.15.17 -n ns -f '", commands[^1], StringComparison.Ordinal);
        Parser.ParseInput(string.Join('\n', commands), out _, out var errors);
        Assert.Empty(errors);

        // In the file, from its own folder.
        Assert.Contains("kubectl apply --server-side -f postgres-secret.yaml\n", Read("next-steps.md"), StringComparison.Ordinal);
        Assert.Contains("ls-langsmith-backend", Read("preflight.yaml"), StringComparison.Ordinal);
        Assert.Contains("kind: ServiceAccount", Read("preflight.yaml"), StringComparison.Ordinal);
        _session.Run("Invoke-LangSmithPgSetup $ready -OutputPath $folder -ExistingRelease").ThrowIfFailed();
        Assert.DoesNotContain("kind: ServiceAccount", Read("preflight.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public void Certificates_become_Secrets_and_values()
    {
        using var authority = CertificateAuthority.CreateRoot();
        var client = authority.IssueClient("owner");
        var (ca, certificate, key) = (Path.Join(Path.GetDirectoryName(_folder), "ca.crt"), Path.Join(Path.GetDirectoryName(_folder), "client.crt"), Path.Join(Path.GetDirectoryName(_folder), "client.key"));
        File.WriteAllText(ca, authority.CertificatePem);
        File.WriteAllText(certificate, client.CertificatePem);
        File.WriteAllText(key, client.KeyPem);
        _session.Set("ca", ca);
        _session.Set("certificate", certificate);
        _session.Set("key", key);

        // The server's certificate is from another authority: it is not ready, and all files are there.
        var result = _session.Run("Invoke-LangSmithPgSetup $ready -OutputPath $folder -CaCertificate $ca -ClientCertificate $certificate -ClientKeyPath $key").Single;
        Assert.Equal(false, result.Properties["IsReady"].Value);
        Assert.Contains("BEGIN CERTIFICATE", Read("ca-secret.yaml"), StringComparison.Ordinal);
        Assert.Contains("PRIVATE KEY", Read("client-certificate-secret.yaml"), StringComparison.Ordinal);
        Assert.Contains("secretName: langsmith-custom-ca", Read("values.yaml"), StringComparison.Ordinal);
        Assert.Contains("secretName: postgres-mtls-secret", Read("values.yaml"), StringComparison.Ordinal);
        Assert.Contains("fsGroup: 1000", Read("values.yaml"), StringComparison.Ordinal);
        Assert.DoesNotContain("Fail", _session.Run("(Test-LangSmithHelmValues $folder/values.yaml).Findings | ForEach-Object { \"$($_.Status)\" }").Output.Select(one => (string)one.BaseObject));
        Assert.Equal("ChartTooOld", _session.Run("Invoke-LangSmithPgSetup $ready -OutputPath $folder/old -ClientCertificate $certificate -ClientKeyPath $key -ChartVersion 0.12.20").ErrorId);
        Assert.Contains("sslmode=verify-full&sslrootcert=system", Read("postgres-secret.yaml"), StringComparison.Ordinal);
        Assert.Contains("kubectl apply --server-side -f ca-secret.yaml", Read("next-steps.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_identity_is_annotated_where_the_login_is_that_cloud_s()
    {
        _session.Set("arn", "arn:aws:iam::123456789012:role/langsmith");
        var result = _session.Run("Invoke-LangSmithPgSetup -HostName 127.0.0.1 -Port 1 -Database d -UserName id -IamAuthProvider Aws -RoleArn $arn -AccessToken t -OutputPath $folder");
        Assert.Equal(false, result.Single.Properties["IsReady"].Value);
        Assert.Contains("iamAuthProvider: aws", Read("values.yaml"), StringComparison.Ordinal);
        Assert.Contains("eks.amazonaws.com/role-arn", Read("values.yaml"), StringComparison.Ordinal);
        Assert.Equal("OtherIamProvider", _session.Run("Invoke-LangSmithPgSetup $ready -RoleArn $arn -OutputPath $folder").ErrorId);
    }

    [Theory]
    [InlineData("Invoke-LangSmithPgSetup $ready, $bare -OutputPath $folder", "SeveralConnections")]
    [InlineData("Invoke-LangSmithPgSetup -OutputPath $folder", "ConnectionNotAsked")]
    [InlineData("Invoke-LangSmithPgSetup $ready -OutputPath $folder -Namespace Not_One", "InvalidName")]
    [InlineData("Invoke-LangSmithPgSetup $ready -OutputPath $folder -ReleaseName Not_One", "InvalidName")]
    [InlineData("Invoke-LangSmithPgSetup $ready -OutputPath $folder -ClientId x", "InvalidIdentity")]
    public void What_cannot_be_done_is_refused_before_anything_is_written(string script, string id)
    {
        Assert.Equal(id, _session.Run(script).ErrorId);
        Assert.False(Directory.Exists(_folder));
    }

    [Fact]
    public void The_answer_ends_with_the_files_and_the_next_command()
    {
        var lines = _session.Show("Invoke-LangSmithPgSetup $bare -OutputPath $folder").Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0).ToList();
        Assert.True(lines.Count <= 24, string.Join('\n', lines));
        Assert.Contains("Not ready: 2 problems.", lines);
        Assert.StartsWith("  created      fix.sql, postgres-secret.yaml, values.yaml", lines.Single(line => line.Contains("fix.sql,", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.StartsWith("  psql -h localhost", lines[lines.IndexOf("Next, in PowerShell:") + 1], StringComparison.Ordinal);
        Assert.Equal("Then run this command again.", lines[^1]);
    }

    string Read(string file) => File.ReadAllText(Path.Join(_folder, file));

    static List<string> Commands(System.Management.Automation.PSObject result) => [.. (IEnumerable<string>)result.Properties["NextCommands"].Value];
}
