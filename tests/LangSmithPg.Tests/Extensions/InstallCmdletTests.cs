using System.Management.Automation;
using LangSmithPg.Postgres.Tests;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Extensions;

/// <summary>Each test has databases of its own: what is installed would stay for the others.</summary>
public sealed class InstallCmdletTests : IDisposable
{
    const string Query = "($install | Test-LangSmithPgExtensions).Installed";

    readonly ModuleSession _session = new();
    readonly LiveServer _server;

    public InstallCmdletTests(LiveServer server)
    {
        _server = server;
        _session.Set("password", LiveServer.Password);
    }

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Extensions_are_installed_once_and_only_when_confirmed()
    {
        Use("owner", "install_here");
        var whatIf = _session.Run("$install | Install-LangSmithPgExtensions -WhatIf");
        Assert.Equal(Enumerable.Repeat("Skipped", 6), Actions(whatIf));
        Assert.DoesNotContain(true, _session.Run(Query).Output.Select(one => (bool)one.BaseObject));

        var installed = _session.Run("$install | Install-LangSmithPgExtensions -Verbose");
        installed.ThrowIfFailed();
        Assert.Equal(Enumerable.Repeat("Installed", 6), Actions(installed));
        Assert.All(installed.Output, row => Assert.Equal("public", row.Properties["Schema"].Value));
        Assert.Contains(installed.Verbose, line => line.EndsWith("Committed.", StringComparison.Ordinal));

        var again = _session.Run("$install | Install-LangSmithPgExtensions");
        Assert.Equal(Enumerable.Repeat("AlreadyInstalled", 6), Actions(again));

        var elsewhere = _session.Run("$install | Install-LangSmithPgExtensions -Schema elsewhere").Output;
        Assert.All(elsewhere, row => Assert.Equal("public", row.Properties["Schema"].Value));
        Assert.All(elsewhere, row => Assert.Contains("SET SCHEMA \"elsewhere\"", row.Properties["Fix"].Value.ToString(), StringComparison.Ordinal));
        Assert.All(_session.Show("$install | Install-LangSmithPgExtensions").Split('\n'), line => Assert.True(line.TrimEnd().Length <= ModuleSession.Width, line));
    }

    [Fact]
    public void A_refusal_is_one_error_that_says_what_to_do()
    {
        Use("guest", "bare");
        var result = _session.Run("$install | Install-LangSmithPgExtensions");
        Assert.Equal("PermissionDenied", result.ErrorId);
        var error = result.Errors[0];
        Assert.Equal(ErrorCategory.PermissionDenied, error.CategoryInfo.Category);
        Assert.Equal("GRANT CREATE ON DATABASE \"bare\" TO \"guest\";", error.ErrorDetails.RecommendedAction);
        Assert.Contains("42501", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(Enumerable.Repeat("Failed", 6), Actions(result));
    }

    [Fact]
    public void The_script_needs_no_server_and_holds_no_secret()
    {
        var script = (string)_session.Run("'u:Zq7xNeedle@no-such-host.invalid/d' | Install-LangSmithPgExtensions -AsScript -Schema \"a`nb\"").Single.BaseObject;
        Assert.DoesNotContain("Zq7xNeedle", script, StringComparison.Ordinal);
        Assert.Contains("CREATE EXTENSION IF NOT EXISTS \"citext\" SCHEMA \"a\nb\";", script, StringComparison.Ordinal);
        Assert.DoesNotContain(script.Split('\n'), line => line == "b\".");
    }

    [Fact]
    public async Task Psql_runs_the_script()
    {
        var psql = Psql.Find();
        Use("owner", "install_script");
        var script = (string)_session.Run("$install | Install-LangSmithPgExtensions -AsScript").Single.BaseObject;
        var (exitCode, output) = await psql.RunAsync(LiveServer.Password, script, "-h", "localhost", "-p", $"{_server.Port}", "-U", "owner", "install_script");
        Assert.True(exitCode == 0, output);
        Assert.Contains("(6 rows)", output, StringComparison.Ordinal);
        Assert.DoesNotContain(false, _session.Run(Query).Output.Select(one => (bool)one.BaseObject));
    }

    [Fact]
    public void A_rehearsal_adds_its_findings_and_changes_nothing()
    {
        Use("owner", "ready");
        var plain = Ids("$install | Test-LangSmithPgReadiness");
        var rehearsed = Ids("$install | Test-LangSmithPgReadiness -Rehearse");
        Assert.Equal(plain, rehearsed.Where(id => !id.StartsWith("Rehearsal.", StringComparison.Ordinal)));
        Assert.Contains("Rehearsal.Index.pg_trgm", rehearsed);
        Assert.Equal(true, _session.Run("$install | Test-LangSmithPgReadiness -Rehearse -Quiet").Single.BaseObject);
        Assert.DoesNotContain(true, _session.Run(Query).Output.Select(one => (bool)one.BaseObject));

        Use("guest", "bare");
        Assert.Equal(false, _session.Run("$install | Test-LangSmithPgReadiness -Rehearse -Quiet").Single.BaseObject);
    }

    void Use(string user, string database) =>
        _session.Run($"$install = New-LangSmithPgConnectionString {_server.Arguments(user, database)}").ThrowIfFailed();

    IReadOnlyList<string> Ids(string script) => [.. _session.Run($"({script}).Findings.Id").Output.Select(one => one.ToString()!)];

    static IEnumerable<string> Actions(SessionResult result) => result.Output.Select(row => row.Properties["Action"].Value.ToString()!);
}
