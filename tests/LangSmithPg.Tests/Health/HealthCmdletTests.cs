using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Health;

/// <summary>The check of the health, as an admin calls it.</summary>
public sealed class HealthCmdletTests : IDisposable
{
    readonly ModuleSession _session = new();
    readonly TemporaryFolder _folder = new();

    public HealthCmdletTests(LiveServer server)
    {
        server.Introduce(_session);
        _session.Set("folder", _folder.Path);
    }

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_server_has_a_report_with_its_sizes()
    {
        var result = _session.Run("$ready | Test-LangSmithPgHealth -Verbose");
        result.ThrowIfFailed();
        Assert.Equal("LangSmithPg.Readiness.ReadinessReport", result.Single.BaseObject.GetType().FullName);
        Assert.Equal("Health", result.Single.Properties["Kind"].Value.ToString());
        Assert.Contains(result.Verbose, line => line.Contains("Health.Visibility", StringComparison.Ordinal));
        Assert.True(_session.Run("($ready | Test-LangSmithPgHealth).Figures.DatabaseBytes -gt 1MB").Single.BaseObject is true);
        Assert.StartsWith("healthy", (string)_session.Run("($ready | Test-LangSmithPgHealth).Verdict").Single.BaseObject, StringComparison.Ordinal);
        Assert.Contains("Nothing failed.", _session.Show("$ready | Test-LangSmithPgHealth"), StringComparison.Ordinal);
        Assert.Contains("Health.Growth", _session.Show("$ready | Test-LangSmithPgHealth -Detailed"), StringComparison.Ordinal);
        Assert.Equal([true, false], _session.Run("$ready, $wrong | Test-LangSmithPgHealth -Quiet").Output.Select(one => (bool)one.BaseObject));
    }

    [Fact]
    public void A_report_is_the_baseline_of_the_next()
    {
        _session.Run("$ready, $wrong | Test-LangSmithPgHealth -Ordered | Export-LangSmithPgReport $folder/health.json").ThrowIfFailed();
        var growth = _session.Run("($ready | Test-LangSmithPgHealth -Baseline $folder/health.json).Findings | Where-Object Id -EQ Health.Growth");
        growth.ThrowIfFailed();
        // Both are of the same minute; a clock that was set back in between would tell.
        Assert.Matches("^(The database has .* (more|less) than [0-9]+ s ago\\.|The baseline is not older than this check\\.)$", (string)growth.Single.Properties["Message"].Value);
        Assert.Contains("does not contain the sizes", (string)_session.Run("(($bare | Test-LangSmithPgHealth -Baseline $folder/health.json).Findings | Where-Object Id -EQ Health.Growth).Message").Single.BaseObject, StringComparison.Ordinal);

        var compared = _session.Run("$ready | Test-LangSmithPgHealth | Compare-LangSmithPgReport $folder/health.json -WarningAction Ignore");
        compared.ThrowIfFailed();
        Assert.Equal(1, compared.Single.Properties["DatabaseCount"].Value);
        foreach (var file in (string[])["h.html", "h.md", "h.xml", "h.csv", "h.sarif"])
        {
            _session.Run($"$ready | Test-LangSmithPgHealth | Export-LangSmithPgReport $folder/{file}").ThrowIfFailed();
            Assert.DoesNotContain("helm upgrade", File.ReadAllText(_folder.File(file)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_baseline_that_is_none_ends_it_before_anything_is_sent()
    {
        File.WriteAllText(_folder.File("no.json"), "{}");
        Assert.Equal("ReportUnreadable", _session.Run("$ready | Test-LangSmithPgHealth -Baseline $folder/no.json").ErrorId);
        Assert.Equal("FileNotFound", _session.Run("$ready | Test-LangSmithPgHealth -Baseline $folder/absent.json").ErrorId);
        Assert.Equal("NotAPath", _session.Run("$ready | Test-LangSmithPgHealth -Baseline @()").ErrorId);
    }

    [Fact]
    public void Findings_can_be_accepted_and_left_out()
    {
        File.WriteAllText(_folder.File("accepted.yaml"), """[{ "id": "Health.Visibility", "reason": "test", "until": "never" }]""");
        var accepted = _session.Run("($ready | Test-LangSmithPgHealth -AcceptedFinding $folder/accepted.yaml).Findings | Where-Object Id -EQ Health.Visibility");
        Assert.NotNull(accepted.Single.Properties["Accepted"].Value);
        Assert.All(_session.Run("($ready | Test-LangSmithPgHealth -MinimumStatus Warning).Findings").Output, one => Assert.Contains(one.Properties["Status"].Value.ToString(), (string[])["Warning", "Fail"]));
    }

    [Fact]
    public void A_report_comes_back_from_a_job_with_its_sizes()
    {
        var back = _session.Run("""
            $text = [System.Management.Automation.PSSerializer]::Serialize(($ready | Test-LangSmithPgHealth), 4)
            $back = [System.Management.Automation.PSSerializer]::Deserialize($text)
            $back | Export-LangSmithPgReport $folder/back.json
            """);
        back.ThrowIfFailed();
        Assert.Contains("\"databaseBytes\": ", File.ReadAllText(_folder.File("back.json")), StringComparison.Ordinal);
    }
}
