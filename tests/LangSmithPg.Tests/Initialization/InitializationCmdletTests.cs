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
