using System.Management.Automation;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Initialization;

public sealed class InitializationCmdletTests : IDisposable
{
    readonly ModuleSession _session = new();

    public InitializationCmdletTests(LiveServer server)
    {
        _session.Set("password", LiveServer.Password);
        _session.Run($"$admin = New-LangSmithPgConnectionString {server.Arguments("boss", "postgres")}").ThrowIfFailed();
    }

    public void Dispose() => _session.Dispose();

    [Fact]
    public void WhatIf_shows_every_statement_and_does_nothing()
    {
        var shown = _session.Show("$admin | Initialize-LangSmithPgDatabase -NewDatabase what_if -RoleName what_if_app -WhatIf");

        Assert.Contains("CREATE DATABASE \"what_if\" TEMPLATE template0 ENCODING 'UTF8';", shown, StringComparison.Ordinal);
        Assert.Contains("CREATE ROLE \"what_if_app\" LOGIN PASSWORD '****';", shown, StringComparison.Ordinal);
        Assert.Contains("ALTER DATABASE \"what_if\" OWNER TO \"what_if_app\";", shown, StringComparison.Ordinal);
        var again = _session.Run("$admin | Initialize-LangSmithPgDatabase -NewDatabase what_if -RoleName what_if_app -WhatIf");
        again.ThrowIfFailed();
        Assert.Empty(again.Output);
        Assert.Equal("DatabaseNotFound", _session.Run("$admin | Get-LangSmithPgServer -Database what_if").ErrorId);
    }

    [Fact]
    public void An_empty_server_gets_a_database_whose_connection_is_ready_and_whose_password_nobody_sees()
    {
        const string run = "$admin | Initialize-LangSmithPgDatabase -NewDatabase made_here -RoleName made_here_app";
        var first = _session.Run($"{run} -Verbose -Debug -OutVariable connection");
        first.ThrowIfFailed();
        var password = (string)_session.Run("[uri]::UnescapeDataString(($connection[0].ToPlainText() -replace '^[^:]*:' -replace '@localhost.*'))").Single.BaseObject;
        Assert.Equal(40, password.Length);
        Assert.All(password, character => Assert.True(char.IsAsciiLetterOrDigit(character)));
        Assert.Contains(first.Verbose, line => line.Contains("CREATE ROLE \"made_here_app\" LOGIN PASSWORD '****';", StringComparison.Ordinal));
        Assert.All((string[])[.. first.Verbose, .. first.Debug, .. first.Other, .. first.Warnings, $"{first.Single}"], line =>
        {
            Assert.DoesNotContain(password, line, StringComparison.Ordinal);
            Assert.DoesNotContain("SCRAM", line, StringComparison.Ordinal);
        });
        Assert.DoesNotContain(password, _session.Show("$connection | Format-List *"), StringComparison.Ordinal);
        Assert.Equal("made_here_app@made_here", _session.Run("$connection.UserName + '@' + $connection.Database").Single.BaseObject);

        var report = _session.Run("$connection[0] | Test-LangSmithPgReadiness -Rehearse");
        report.ThrowIfFailed();
        Assert.Equal(true, report.Single.Properties["IsReady"].Value);
        _session.Run("$connection[0] | New-LangSmithPgSecret; $connection[0] | New-LangSmithHelmValues").ThrowIfFailed();

        // Again: nothing is done, and nobody knows the password.
        var second = _session.Run($"{run} -Verbose");
        second.ThrowIfFailed();
        Assert.Equal(false, second.Single.Properties["HasPassword"].Value);
        Assert.Contains("-RolePassword", Assert.Single(second.Warnings), StringComparison.Ordinal);
        _session.Set("known", password);
        var third = _session.Run($"{run} -RolePassword $known");
        Assert.Empty(third.Warnings);
        Assert.Equal(true, third.Single.Properties["HasPassword"].Value);
        Assert.Equal(true, _session.Run($"{run} -Force | Test-LangSmithPgConnection -Quiet").Single.BaseObject);
        Assert.Equal(false, _session.Run("$connection[0] | Test-LangSmithPgConnection -Quiet").Single.BaseObject);
    }

    [Theory]
    [InlineData("-NewDatabase ready -RoleName fresh", "DatabaseTaken", ErrorCategory.ResourceExists)]
    [InlineData("-NewDatabase fresh -RoleName boss", "SystemRole", ErrorCategory.InvalidArgument)]
    [InlineData("-NewDatabase postgres -RoleName fresh", "SystemDatabase", ErrorCategory.InvalidArgument)]
    [InlineData("-NewDatabase fresh -RoleName guest", "RoleNotAdministered", ErrorCategory.PermissionDenied)]
    [InlineData("-NewDatabase ('ä' * 32) -RoleName fresh", "InvalidName", ErrorCategory.InvalidArgument)]
    public void What_stands_against_it_is_one_error(string arguments, string id, ErrorCategory category)
    {
        var result = _session.Run($"$admin | Initialize-LangSmithPgDatabase {arguments}");

        Assert.Equal(id, result.ErrorId);
        Assert.Single(result.Errors);
        Assert.Equal(category, result.Errors[0].CategoryInfo.Category);
        Assert.NotEmpty(result.Errors[0].ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void Databases_of_all_purposes_become_the_Secrets_and_the_values_of_one_release()
    {
        using var folder = new TemporaryFolder();
        _session.Set("folder", folder.Path);
        var run = _session.Run("""
            $all = $admin | Initialize-LangSmithPgDatabase -Purpose LangSmith, Fleet, Insights, Polly, SmithDbMetastore, SmithDbTaskDb
            $all | New-LangSmithPgSecret | Export-LangSmithYaml $folder/secrets.yaml
            $all | New-LangSmithHelmValues | Export-LangSmithHelmValues $folder/values.yaml
            """);
        run.ThrowIfFailed();
        Assert.Contains("SmithDbMetastore needs a server without other databases.", Assert.Single(run.Warnings), StringComparison.Ordinal);
        Assert.Equal(
            [
                "LangSmith langsmith langsmith_app True", "Fleet fleet fleet_app True", "Insights insights insights_app True", "Polly polly polly_app True",
                "SmithDbMetastore smithdb_metastore smithdb_metastore_app True", "SmithDbTaskDb smithdb_taskdb smithdb_taskdb_app True",
            ],
            _session.Run("$all.ForEach({ \"$($_.Purpose) $($_.Database) $($_.UserName) $($_ | Test-LangSmithPgConnection -Quiet)\" })").Output.Select(one => (string)one.BaseObject));
        Assert.Equal(6, _session.Run("$all.ForEach({ $_.Password.Reveal() })").Output.Select(one => (string)one.BaseObject).Distinct().Count());
        // What another purpose needs is not installed.
        Assert.Equal(
            "6 1 0", _session.Run("($all[0, 1, 4].ForEach({ @((Test-LangSmithPgExtensions $_).Where({ $_.Installed })).Count })) -join ' '").Single.BaseObject);

        Assert.Equal(
            [
                "postgres-secret connection_url", "fleet-postgres-secret postgres_connection_url", "insights-postgres-secret postgres_connection_url", "polly-postgres-secret postgres_connection_url",
                "smithdb-secret postgres_host postgres_db postgres_user postgres_password", "smithdb-taskdb-secret postgres_host postgres_db postgres_user postgres_password",
            ],
            _session.Run("$all | New-LangSmithPgSecret | ForEach-Object { \"$($_.Name) $($_.Entries.Key)\" }").Output.Select(one => (string)one.BaseObject));
        Assert.Equal(
            "LangSmith=postgres-secret Fleet= Insights=insights-postgres-secret Polly=polly-postgres-secret",
            _session.Run("(Get-LangSmithPgDatabase $folder/values.yaml -Purpose LangSmith, Fleet, Insights, Polly).ForEach({ \"$($_.Purpose)=$($_.SecretName)\" }) -join ' '").Single.BaseObject);

        // Again: nothing is done.
        Assert.DoesNotContain("CREATE", _session.Show("$admin | Initialize-LangSmithPgDatabase -Purpose LangSmith, Fleet, Insights, Polly, SmithDbMetastore, SmithDbTaskDb -WhatIf -WarningAction Ignore"), StringComparison.Ordinal);
    }

    [Fact]
    public void One_role_of_several_databases_has_one_password()
    {
        _session.Run("$all = $admin | Initialize-LangSmithPgDatabase -Purpose Fleet, Polly -NewDatabase shared_fleet, shared_polly -RoleName shared_app").ThrowIfFailed();

        Assert.Equal("True True", _session.Run("($all | Test-LangSmithPgConnection -Quiet) -join ' '").Single.BaseObject);
        Assert.Equal("True True", _session.Run("$all = $admin | Initialize-LangSmithPgDatabase -Purpose Fleet, Polly -NewDatabase shared_fleet, shared_polly -RoleName shared_app -Force; ($all | Test-LangSmithPgConnection -Quiet) -join ' '").Single.BaseObject);
    }

    [Fact]
    public void What_knows_no_identities_has_a_role_with_a_password()
    {
        var shown = _session.Show("$admin | Initialize-LangSmithPgDatabase -Provider Aws -Purpose LangSmith, SmithDbTaskDb -NewDatabase iam_ls, iam_task -RoleName iam_app -WhatIf");
        Assert.Contains("CREATE ROLE \"iam_app\" LOGIN;", shown, StringComparison.Ordinal);
        Assert.Contains("GRANT rds_iam TO \"iam_app\";", shown, StringComparison.Ordinal);
        Assert.Contains("CREATE ROLE \"iam_task_app\" LOGIN PASSWORD '****';", shown, StringComparison.Ordinal);
        Assert.Contains(
            "the chart supports only passwords for SmithDbTaskDb: role iam_task_app has a password.",
            Assert.Single(_session.Run("$admin | Initialize-LangSmithPgDatabase -Provider Aws -Purpose LangSmith, SmithDbTaskDb -NewDatabase iam_ls, iam_task -RoleName iam_app -WhatIf").Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_has_the_identity_that_its_Secret_and_values_need()
    {
        // The role is there and marked, so that it takes nobody who may mark it.
        _session.Run("$c = $admin | Initialize-LangSmithPgDatabase -Provider Aws -Purpose Fleet -NewDatabase iam_fleet -RoleName iam_marked").ThrowIfFailed();

        Assert.Equal("Aws False Fleet", _session.Run("\"$($c.IamAuthProvider) $($c.HasPassword) $($c.Purpose)\"").Single.BaseObject);
        Assert.Equal("aws", _session.Run("(($c | New-LangSmithHelmValues -ChartVersion 0.16.11).Entries.Where({ \"$($_.Path)\" -eq 'fleet.postgres.external.iamProvider' })).Value").Single.BaseObject);
        var secret = (string)_session.Run("($c | New-LangSmithPgSecret).Entries[0].Value.Reveal()").Single.BaseObject;
        Assert.StartsWith("postgresql://iam_marked@localhost:", secret, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Provider Azure", "RoleNameMissing")]
    [InlineData("-Provider Gcp -Purpose LangSmith, Fleet", "RoleNameMissing")]
    [InlineData("-Provider Gcp -RoleName sa@project.iam", "IamNotEnabled")]
    [InlineData("-Provider Aws -RoleName fresh -RolePassword secret", "PasswordWithIam")]
    public void What_stands_against_an_identity_is_one_error(string arguments, string id)
    {
        var result = _session.Run($"$admin | Initialize-LangSmithPgDatabase -NewDatabase {(arguments.Contains(',', StringComparison.Ordinal) ? "iam_a, iam_b" : "iam_a")} {arguments}");

        Assert.Equal(id, result.ErrorId);
        Assert.NotEmpty(Assert.Single(result.Errors).ErrorDetails.RecommendedAction);
    }

    [Theory]
    [InlineData("-Purpose Fleet, Polly -NewDatabase one", "-NewDatabase specifies 1 name for 2 purposes.")]
    [InlineData("-Purpose Fleet, Polly, LangSmith -RoleName a, b", "-RoleName specifies 2 names for 3 purposes.")]
    [InlineData("-Purpose Fleet, Fleet", "-Purpose specifies Fleet more than once.")]
    [InlineData("-Purpose Fleet, Polly -NewDatabase one, one", "-NewDatabase specifies one for more than one purpose.")]
    public void Names_that_do_not_go_with_the_purposes_are_one_error(string arguments, string message)
    {
        var result = _session.Run($"$admin | Initialize-LangSmithPgDatabase {arguments}");

        Assert.Equal("NamesDoNotMatch", result.ErrorId);
        Assert.Equal(message, Assert.Single(result.Errors).ToString());
        Assert.NotEmpty(result.Errors[0].ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void What_the_server_refuses_is_told_with_what_took_effect()
    {
        // It is reserved, and the server alone knows.
        var result = _session.Run("$admin | Initialize-LangSmithPgDatabase -NewDatabase half_made -RoleName pg_reserved");

        Assert.Equal("Refused", result.ErrorId);
        Assert.Contains("the database was created, and nothing else was changed. CREATE ROLE \"pg_reserved\" LOGIN PASSWORD '****';", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Empty(result.Warnings);
        _session.Run("$admin | Initialize-LangSmithPgDatabase -NewDatabase half_made -RoleName half_made_app").ThrowIfFailed();
    }

    [Fact]
    public void A_script_needs_no_server_and_holds_no_password()
    {
        var script = (string)_session.Run("'u:S3cr3t@h/postgres?sslmode=require' | Initialize-LangSmithPgDatabase -NewDatabase langsmith -RoleName app -RolePassword N33dle-of-role -Schema ls -AsScript").Single.BaseObject;

        Assert.Contains("\\connect \"langsmith\"", script, StringComparison.Ordinal);
        Assert.Contains(":'role_password'", script, StringComparison.Ordinal);
        Assert.DoesNotContain("S3cr3t", script, StringComparison.Ordinal);
        Assert.DoesNotContain("N33dle", script, StringComparison.Ordinal);
    }
}
