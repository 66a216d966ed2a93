using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Servers;

public sealed class LiveCmdletTests : IDisposable
{
    readonly ModuleSession _session = new();
    readonly LiveServer _server;

    public LiveCmdletTests(LiveServer server)
    {
        _server = server;
        server.Introduce(_session);
    }

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Connection_is_tested_over_TLS()
    {
        var test = _session.Run("$ready | Test-LangSmithPgConnection").Single;
        Assert.Equal(true, test.Properties["Authenticated"].Value);
        Assert.Equal(true, test.Properties["Encrypted"].Value);
        Assert.Equal([true, false], _session.Run("$ready, $wrong | Test-LangSmithPgConnection -Quiet").Output.Select(one => (bool)one.BaseObject));
    }

    [Fact]
    public void A_failed_login_says_what_to_do()
    {
        var test = _session.Run("$wrong | Test-LangSmithPgConnection").Single;
        Assert.Equal(true, test.Properties["Reachable"].Value);
        Assert.Equal(false, test.Properties["Authenticated"].Value);
        Assert.Contains("Check user and password", test.Properties["Fix"].Value.ToString(), StringComparison.Ordinal);

        var error = _session.Run("$wrong | Get-LangSmithPgServer");
        Assert.Equal("AuthenticationFailed", error.ErrorId);
        Assert.Equal(System.Management.Automation.ErrorCategory.AuthenticationError, error.Errors[0].CategoryInfo.Category);
        Assert.Contains("28P01", error.Errors[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Facts_name_the_database_that_was_asked()
    {
        var facts = _session.Run("$bare | Get-LangSmithPgServer").Single;
        Assert.Equal($"localhost:{_server.Port}/bare", facts.Properties["Target"].Value);
        var shown = _session.Show("$bare | Get-LangSmithPgServer");
        Assert.Contains("bare, UTF8, owned by postgres", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_and_a_credential_do_as_well_as_a_connection()
    {
        var result = _session.Run($"""
            $credential = [pscredential]::new('owner', [System.Net.NetworkCredential]::new('', $password).SecurePassword)
            Test-LangSmithPgConnection -HostName localhost -Port {_server.Port} -Database ready -Credential $credential -Quiet
            """);
        Assert.Equal(true, result.Single.BaseObject);
    }

    [Fact]
    public void An_access_token_logs_in_in_place_of_a_password()
    {
        var result = _session.Run($"""
            $token = [System.Net.NetworkCredential]::new('', $password).SecurePassword
            New-LangSmithPgConnectionString localhost ready -Port {_server.Port} -UserName owner -IamAuthProvider Azure |
                Test-LangSmithPgConnection -AccessToken $token -Quiet
            """);
        Assert.Equal(true, result.Single.BaseObject);
    }

    [Fact]
    public void Extensions_have_a_row_each()
    {
        string[] names = ["btree_gin", "btree_gist", "citext", "ltree", "pg_trgm", "pgcrypto"];
        var ready = _session.Run("$ready | Test-LangSmithPgExtensions").Output;
        Assert.Equal(names, ready.Select(row => (string)row.Properties["Name"].Value));
        Assert.All(ready, row => Assert.Equal("Pass", row.Properties["Status"].Value.ToString()));

        var bare = _session.Run("$bare | Test-LangSmithPgExtensions").Output;
        Assert.All(bare, row => Assert.Equal("GRANT CREATE ON DATABASE \"bare\" TO \"guest\";", row.Properties["Fix"].Value.ToString()));
        Assert.Equal([true, false], _session.Run("$ready, $bare | Test-LangSmithPgExtensions -Quiet").Output.Select(one => (bool)one.BaseObject));
    }

    [Fact]
    public void Readiness_is_one_report_a_database()
    {
        var reports = _session.Run("$ready, $bare, $wrong | Test-LangSmithPgReadiness -Ordered").Output;
        Assert.Equal([true, false, false], reports.Select(report => (bool)report.Properties["IsReady"].Value));
        Assert.Equal([true, false, false], _session.Run("$ready, $bare, $wrong | Test-LangSmithPgReadiness -Quiet").Output.Select(one => (bool)one.BaseObject));

        var fixes = _session.Run("($bare | Test-LangSmithPgReadiness).Fixes").Output.Select(one => one.ToString()!).ToList();
        Assert.Equal("GRANT CREATE ON DATABASE \"bare\" TO \"guest\";", fixes[0]);
        Assert.StartsWith("GRANT USAGE, CREATE ON SCHEMA \"public\" TO \"guest\";", fixes[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_detailed_report_shows_every_finding_and_each_fix_once()
    {
        var shown = _session.Show("$bare | Test-LangSmithPgReadiness -Detailed");
        Assert.StartsWith($"localhost:{_server.Port}/bare: not ready: 2 problems", shown.TrimStart(), StringComparison.Ordinal);
        Assert.Contains("Extension.pgcrypto", shown, StringComparison.Ordinal);
        Assert.Contains("Server.Product", shown, StringComparison.Ordinal);
        Assert.Equal(2, shown.Split("GRANT CREATE ON DATABASE \"bare\" TO \"guest\";").Length);
        Assert.All(shown.Split('\n'), line => Assert.True(line.Length <= ModuleSession.Width || line.Contains("ALTER DATABASE", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_report_shows_two_problems_and_last_the_verdict_with_the_sql()
    {
        var lines = Lines("$bare | Test-LangSmithPgReadiness -Rehearse");
        Assert.Equal(2, lines.Count(line => line.StartsWith("  Fail", StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.EndsWith("-Detailed shows every finding.", StringComparison.Ordinal));
        Assert.Equal(
            [
                "Not ready: 2 problems.",
                "As a database administrator, run this SQL:",
                "  GRANT CREATE ON DATABASE \"bare\" TO \"guest\";",
                "  GRANT USAGE, CREATE ON SCHEMA \"public\" TO \"guest\";",
            ],
            lines.SkipWhile(line => !line.StartsWith("Not ready", StringComparison.Ordinal)).Take(4));
        Assert.True(lines.Count <= 24, string.Join('\n', lines));
    }

    [Fact]
    public void A_report_of_a_ready_database_ends_with_the_verdict() =>
        Assert.StartsWith("Ready for helm upgrade.", Lines("$ready | Test-LangSmithPgReadiness")[^1], StringComparison.Ordinal);

    [Fact]
    public void What_has_no_fix_in_SQL_has_a_next_step() => Assert.Equal(
        ["Not ready: 1 problem.", "Next step:", "  Check the port, and that the server is running."],
        Lines("'u:p@127.0.0.1:1/d' | Test-LangSmithPgReadiness")[^3..]);

    [Theory]
    [InlineData("$bare, $ready | Test-LangSmithPgReadiness -Ordered")]
    [InlineData("$bare, $ready | Test-LangSmithPgReadiness -Ordered -MinimumStatus Fail")]
    [InlineData("$bare, $ready | Test-LangSmithPgReadiness -Ordered | ForEach-Object { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($_)) }")]
    public void Several_databases_are_a_table_with_the_first_problem_of_each(string script)
    {
        var lines = Lines(script);
        Assert.StartsWith("Ready   Fail Warn Version Target and first problem", lines[0], StringComparison.Ordinal);
        Assert.Equal(["False", "8"], lines[2].Split(' ', StringSplitOptions.RemoveEmptyEntries)[..2]);
        Assert.EndsWith("Role guest may not create schemas and extensions in database bare.", lines[3], StringComparison.Ordinal);
        Assert.Equal(["True", "0"], lines[4].Split(' ', StringSplitOptions.RemoveEmptyEntries)[..2]);
        Assert.Equal(5, lines.Count);
    }

    List<string> Lines(string script) => [.. _session.Show(script).Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0)];

    [Theory]
    [InlineData("$ready | Test-LangSmithPgConnection")]
    [InlineData("$wrong | Test-LangSmithPgConnection")]
    [InlineData("$bare | Test-LangSmithPgExtensions")]
    [InlineData("$ready | Get-LangSmithPgServer")]
    [InlineData("($bare | Test-LangSmithPgReadiness).Findings")]
    public void Every_view_fits_100_columns(string script) =>
        Assert.All(_session.Show(script).Split('\n'), line => Assert.True(line.TrimEnd().Length <= ModuleSession.Width, line));

    [Fact]
    public void Verbose_tells_the_story()
    {
        var verbose = _session.Run("$ready | Test-LangSmithPgReadiness -Verbose").Verbose;
        Assert.Contains(verbose, line => line.Contains("Connecting to localhost", StringComparison.Ordinal));
        Assert.Contains(verbose, line => line.Contains("Facts gathered", StringComparison.Ordinal));
    }
}
