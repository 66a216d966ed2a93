using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Reports;

public sealed class CompareCmdletTests : IDisposable
{
    readonly ModuleSession _session = new();
    readonly TemporaryFolder _folder = new();

    public CompareCmdletTests(LiveServer server)
    {
        _session.Set("folder", _folder.Path);
        _session.Set("password", LiveServer.Password);
        _session.Run($"""
            $guest = New-LangSmithPgConnectionString {server.Arguments("guest", "ready")} | Test-LangSmithPgReadiness
            $owner = New-LangSmithPgConnectionString {server.Arguments("owner", "ready")} | Test-LangSmithPgReadiness
            $other = New-LangSmithPgConnectionString {server.Arguments("guest", "bare")} | Test-LangSmithPgReadiness
            $guest, $other | Export-LangSmithPgReport $folder/old.json
            $owner, $other | Export-LangSmithPgReport $folder/new.json
            """).ThrowIfFailed();
    }

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("Compare-LangSmithPgReport $folder/old.json $folder/new.json")]
    [InlineData("$owner, $other | Compare-LangSmithPgReport $folder/old.json")]
    [InlineData("Compare-LangSmithPgReport -Reference $guest, $other -Difference $owner, $other")]
    [InlineData("Compare-LangSmithPgReport -ReferenceObject $other, $folder/old.json -DifferenceObject ([System.IO.FileInfo]::new(\"$folder/new.json\")) -WarningAction Ignore")]
    [InlineData("[System.IO.FileInfo]::new(\"$folder/new.json\") | Compare-LangSmithPgReport $folder/o*.json")]
    [InlineData("[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize(@($owner, $other))) | Compare-LangSmithPgReport $folder/old.json")]
    public void Objects_and_files_compare_alike(string script)
    {
        var result = _session.Run($"$comparison = {script}; $comparison.IsWorse, $comparison.IsComplete, $comparison.WorseCount, $comparison.DatabaseCount, ($comparison.BetterCount -gt 1)");
        result.ThrowIfFailed();
        Assert.Equal([false, true, 0, 2, true], result.Output.Select(one => one.BaseObject));
        Assert.Equal("Better", _session.Run("$comparison.Changes | Where-Object Id -EQ Schema.Create | ForEach-Object Change").Single.ToString());
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void The_last_line_is_the_verdict()
    {
        var lines = _session.Show("Compare-LangSmithPgReport $folder/new.json $folder/old.json").Trim().Split('\n');
        Assert.Matches(@"^[0-9]+ worse since 20[0-9-]+ [0-9:]+ UTC\.$", lines[^1].Trim());
        Assert.Contains(lines, line => line.StartsWith("  Worse         Schema.Create", StringComparison.Ordinal));
        Assert.Equal("No change since the earlier report.", _session.Show("$other | Compare-LangSmithPgReport $other").Trim());
    }

    [Fact]
    public void Findings_that_did_not_change_are_listed_on_request()
    {
        var (few, all) = (Count(""), Count("-IncludeUnchanged"));
        Assert.True(few < all, $"{few} of {all}");
        Assert.Equal((int)_session.Run("$owner.Findings.Count + $other.Findings.Count").Single.BaseObject, all);

        int Count(string switches) => (int)_session.Run($"(Compare-LangSmithPgReport $folder/old.json $folder/new.json {switches}).Changes.Count").Single.BaseObject;
    }

    [Theory]
    [InlineData("$owner | Compare-LangSmithPgReport $folder/absent.json", "FileNotFound")]
    [InlineData("$owner | Compare-LangSmithPgReport $folder/absent*.json", "FileNotFound")]
    [InlineData("[System.IO.File]::WriteAllText(\"$folder/x.json\", '{'); $owner | Compare-LangSmithPgReport $folder/x.json", "ReportUnreadable")]
    [InlineData("[System.IO.File]::WriteAllText(\"$folder/x.json\", '{}'); Compare-LangSmithPgReport $folder/old.json $folder/x.json", "ReportUnreadable")]
    [InlineData("$owner, $true | Compare-LangSmithPgReport $folder/old.json", "NotComparable")]
    [InlineData("$owner, $null | Compare-LangSmithPgReport $folder/old.json", "NotComparable")]
    [InlineData("$owner | Compare-LangSmithPgReport $null", "NotComparable")]
    [InlineData("$owner | Compare-LangSmithPgReport ''", "NotComparable")]
    [InlineData("$owner | Compare-LangSmithPgReport @()", "NothingToCompare")]
    [InlineData("@() | Compare-LangSmithPgReport $folder/old.json", "NothingToCompare")]
    public void What_cannot_be_compared_is_one_clear_error_and_no_comparison(string script, string id)
    {
        var result = _session.Run(script);
        Assert.Equal(id, result.ErrorId);
        Assert.Empty(result.Output);
        Assert.True(result.Errors[0].ErrorDetails.RecommendedAction.Length > 0);
    }

    [Fact]
    public void A_line_that_is_not_valid_is_named()
    {
        File.WriteAllText(_folder.File("x.json"), "{\n  ,\n}");
        var result = _session.Run("$owner | Compare-LangSmithPgReport $folder/x.json");
        Assert.Equal($"{_folder.File("x.json")}, line 2: this is not valid in a report.", result.Errors[0].ToString());
    }

    [Fact]
    public void An_earlier_report_that_cannot_be_read_is_told_before_any_server_is_asked()
    {
        _session.Run("$asked = 0; 1 | ForEach-Object { $asked++; $owner } | Compare-LangSmithPgReport $folder/absent.json");
        Assert.Equal(0, _session.Run("$asked").Single.BaseObject);
    }

    [Fact]
    public void A_database_that_is_there_twice_is_a_warning() =>
        Assert.Contains("more than once", Assert.Single(_session.Run("$other | Compare-LangSmithPgReport $guest, $other, $other").Warnings), StringComparison.Ordinal);

    [Fact]
    public void Files_in_the_wrong_order_are_a_warning()
    {
        File.WriteAllText(_folder.File("older.json"), File.ReadAllText(_folder.File("old.json")).Replace("\"generatedAt\": \"20", "\"generatedAt\": \"19", StringComparison.Ordinal));
        Assert.Contains("was written before", Assert.Single(_session.Run("Compare-LangSmithPgReport $folder/new.json $folder/older.json").Warnings), StringComparison.Ordinal);
        Assert.Empty(_session.Run("Compare-LangSmithPgReport $folder/older.json $folder/new.json").Warnings);
    }
}
