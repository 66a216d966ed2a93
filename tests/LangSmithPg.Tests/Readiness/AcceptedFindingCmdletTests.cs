using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Readiness;

public sealed class AcceptedFindingCmdletTests : IDisposable
{
    readonly ModuleSession _session = new();
    readonly TemporaryFolder _folder = new();

    public AcceptedFindingCmdletTests(LiveServer server)
    {
        server.Introduce(_session);
        _session.Set("folder", _folder.Path);
        File.WriteAllText(_folder.File("all.yaml"), "- id: '*'\n  target: localhost*\n  reason: Known\n  until: never\n");
        File.WriteAllText(_folder.File("other.yaml"), "- id: Schema.Crate\n  reason: Known\n  until: never\n");
        File.WriteAllText(_folder.File("expired.yaml"), "- id: Schema.Create\n  reason: Known\n  until: 2001-01-01\n");
        File.WriteAllText(_folder.File("bad.yaml"), "- id: Schema.Create\n  until: never\n");
    }

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void What_is_accepted_does_not_count_and_is_shown()
    {
        Assert.Equal(true, _session.Run("$report = $bare | Test-LangSmithPgReadiness -AcceptedFinding $folder/all.yaml; $report.IsReady").Single.BaseObject);
        Assert.Equal("ready, 0", _session.Run("\"$($report.Verdict -replace ',.*'), $($report.FailCount + $report.WarningCount)\"").Single.BaseObject);
        Assert.Equal("Fail Known ", _session.Run("$report.Findings | Where-Object Id -EQ Schema.Create | ForEach-Object { \"$($_.Status) $($_.Accepted.Reason) $($_.Accepted.Until)\" }").Single.BaseObject);
        var shown = _session.Show("$report");
        Assert.Matches(@"Accepted .*Schema\.Create \(Fail\)", shown.ReplaceLineEndings(" "));
        Assert.Matches(@"Ready for helm upgrade\. [0-9]+ findings are accepted\.", shown);
        Assert.Contains("Accepted without an end: Known", _session.Show("$bare | Test-LangSmithPgReadiness -AcceptedFinding $folder/all.yaml -Detailed").ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Equal(true, _session.Run("$bare | Test-LangSmithPgReadiness -AcceptedFinding $folder/all.yaml -Quiet").Single.BaseObject);
    }

    [Fact]
    public void A_database_that_cannot_be_checked_is_not_ready()
    {
        var result = _session.Run("$wrong | Test-LangSmithPgReadiness -AcceptedFinding $folder/all.yaml -Quiet");
        Assert.Equal(false, result.Single.BaseObject);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void After_its_last_day_a_finding_counts_again_and_says_so()
    {
        var message = _session.Run("($bare | Test-LangSmithPgReadiness -AcceptedFinding $folder/expired.yaml).Problems | Where-Object Id -EQ Schema.Create | ForEach-Object Message").Single.BaseObject;
        Assert.EndsWith(" Its acceptance expired on 2001-01-01: Known", (string)message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_entry_that_fits_nothing_is_one_warning()
    {
        var result = _session.Run("$bare, $ready | Test-LangSmithPgReadiness -AcceptedFinding $folder/all.yaml, $folder/other.yaml");
        Assert.Equal($"{_folder.File("other.yaml")}, line 1: no finding has the id Schema.Crate. Did you mean Schema.Create?", Assert.Single(result.Warnings));
        Assert.Equal(2, result.Output.Count);
    }

    [Theory]
    [InlineData("$bare | Test-LangSmithPgReadiness -AcceptedFinding $folder/bad.yaml", "InvalidAcceptedFinding")]
    [InlineData("$bare | Invoke-LangSmithPgSetup -OutputPath $folder/setup -AcceptedFinding $folder/bad.yaml", "InvalidAcceptedFinding")]
    [InlineData("'no log' | Receive-LangSmithPgPreflight -AcceptedFinding $folder/bad.yaml", "InvalidAcceptedFinding")]
    [InlineData("$bare | Test-LangSmithPgReadiness -AcceptedFinding $folder/absent.yaml", "FileNotFound")]
    [InlineData("$bare | Test-LangSmithPgReadiness -AcceptedFinding $folder/absent*.yaml", "FileNotFound")]
    [InlineData("$bare | Test-LangSmithPgReadiness -AcceptedFinding $null", "NotAPath")]
    [InlineData("$bare | Test-LangSmithPgReadiness -AcceptedFinding @()", "NotAPath")]
    public void A_file_that_is_not_valid_is_one_error_and_nothing_is_tested(string script, string id)
    {
        var result = _session.Run(script);
        Assert.Equal(id, result.ErrorId);
        Assert.Empty(result.Output);
        Assert.True(result.Errors[0].ErrorDetails.RecommendedAction.Length > 0);
        Assert.False(Directory.Exists(_folder.File("setup")));
    }

    [Fact]
    public void The_error_says_where() => Assert.Equal(
        $"{_folder.File("bad.yaml")}, line 1: the accepted finding has no reason.",
        _session.Run("$bare | Test-LangSmithPgReadiness -AcceptedFinding $folder/bad.yaml").Errors[0].ToString());

    [Fact]
    public void A_setup_receives_its_preflight_with_the_same_file()
    {
        var result = _session.Run("$bare | Invoke-LangSmithPgSetup -OutputPath $folder/setup -AcceptedFinding $folder/all.yaml");
        result.ThrowIfFailed();
        var steps = File.ReadAllText(_folder.File("setup/next-steps.md"));
        Assert.Matches(@"The database is ready, [0-9]+ accepted findings\.", steps);
        Assert.Matches(@"Receive-LangSmithPgPreflight -AcceptedFinding '?[^'\n]+[/\\]all\.yaml'?\)\n", steps);
    }

    [Fact]
    public void A_preflight_is_received_with_them()
    {
        _session.Run("$bare | Test-LangSmithPgReadiness | Export-LangSmithPgReport $folder/report.json").ThrowIfFailed();
        var lines = File.ReadLines(_folder.File("report.json")).Select(line => line.Trim());
        _session.Set("log", $"LangSmithPg.Preflight/1 0123abcd 1/1 {string.Concat(lines)}");
        Assert.Equal(false, _session.Run("($log | Receive-LangSmithPgPreflight).IsReady").Single.BaseObject);
        Assert.Equal(true, _session.Run("($log | Receive-LangSmithPgPreflight -AcceptedFinding $folder/all.yaml).IsReady").Single.BaseObject);
        Assert.Single(_session.Run("$log | Receive-LangSmithPgPreflight -AcceptedFinding $folder/other.yaml").Warnings);
    }
}
