using System.Management.Automation;
using System.Text.Json.Nodes;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Reports;

public sealed class ReportCmdletTests : IDisposable
{
    readonly ModuleSession _session = new();
    readonly string _folder = Directory.CreateTempSubdirectory("langsmithpg-tests-").FullName;

    public ReportCmdletTests(LiveServer server)
    {
        _session.Set("folder", _folder);
        _session.Set("password", LiveServer.Password);
        _session.Run($"""
            $reports = @(
                New-LangSmithPgConnectionString {server.Arguments("owner", "ready")}
                New-LangSmithPgConnectionString {server.Arguments("guest", "bare")}
                'app:s3cret@127.0.0.1:1/langsmith'
            ) | Test-LangSmithPgReadiness
            """).ThrowIfFailed();
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("report.html", "<!doctype html>")]
    [InlineData("report.HTM", "<!doctype html>")]
    [InlineData("report.md", "# PostgreSQL readiness for LangSmith\n\n**2 of 3 databases are not ready.**")]
    [InlineData("report.json", "{\n  \"schemaVersion\": \"1.5\"")]
    [InlineData("report.xml", "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<testsuites ")]
    [InlineData("report.html -Format Json", "{\n  \"schemaVersion\": \"1.5\"")]
    [InlineData("report -Format JUnit", "<?xml ")]
    [InlineData("report.csv", "\"Target\",\"IsReady\",\"Id\",")]
    [InlineData("report.sarif", "{\n  \"$schema\": \"https://")]
    public void The_extension_or_the_format_tells_what_is_written(string arguments, string start)
    {
        var file = (FileInfo)_session.Run($"$reports | Export-LangSmithPgReport $folder/{arguments} -PassThru").Single.BaseObject;
        var text = File.ReadAllText(file.FullName);
        Assert.StartsWith(start, text, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1:1/langsmith", text, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", text, StringComparison.Ordinal);
        Assert.DoesNotContain(LiveServer.Password, text, StringComparison.Ordinal);
        Assert.Equal([file.FullName], Directory.GetFiles(_folder));
    }

    [Fact]
    public void The_page_says_who_checked_only_where_this_session_did()
    {
        _session.Set("back", PSSerializer.Deserialize(PSSerializer.Serialize(_session.Run("$reports").Output)));
        _session.Run("$reports | Export-LangSmithPgReport $folder/here.html; $back | Export-LangSmithPgReport $folder/back.html").ThrowIfFailed();
        Assert.Contains($"@{Environment.MachineName}, from ", File.ReadAllText(Path.Combine(_folder, "here.html")), StringComparison.Ordinal);
        Assert.DoesNotContain("Checked ", File.ReadAllText(Path.Combine(_folder, "back.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void An_array_and_a_title_do_as_well()
    {
        _session.Run("Export-LangSmithPgReport -InputObject $reports -Path $folder/report.json -Title 'Upgrade <1>'").ThrowIfFailed();
        var report = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder, "report.json")))!;
        Assert.Equal("Upgrade <1>", report["title"]!.GetValue<string>());
        Assert.Equal(3, report["summary"]!["databases"]!.GetValue<int>());
    }

    [Fact]
    public void Reports_that_come_back_from_a_job_say_the_same()
    {
        _session.Set("back", PSSerializer.Deserialize(PSSerializer.Serialize(_session.Run("$reports").Output)));
        _session.Run("$reports | Export-LangSmithPgReport $folder/here.json; $back | Export-LangSmithPgReport $folder/back.json").ThrowIfFailed();
        Assert.Equal(Lines("here.json"), Lines("back.json"));

        IEnumerable<string> Lines(string name) =>
            File.ReadLines(Path.Combine(_folder, name)).Where(line => !line.Contains("generatedAt", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("$reports[0], 'text'")]
    [InlineData("$reports[0], $true")]
    [InlineData("$reports[0], $null")]
    [InlineData("$reports[0].Findings")]
    [InlineData("[pscustomobject]@{ PSTypeName = 'Deserialized.LangSmithPg.Readiness.ReadinessReport'; Target = 'h/d'; Findings = 'Fail A: cut off' }")]
    public void What_is_no_whole_report_ends_it_before_anything_is_written(string input)
    {
        var result = _session.Run($"{input} | Export-LangSmithPgReport $folder/report.html");
        Assert.Equal("NotAReport", result.ErrorId);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void An_unknown_extension_is_one_clear_error()
    {
        var result = _session.Run("$reports | Export-LangSmithPgReport $folder/report.pdf");
        Assert.Equal("UnknownReportFormat", result.ErrorId);
        Assert.Contains("-Format", result.Errors[0].ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_fleet_is_a_warning_and_no_file()
    {
        var result = _session.Run("@() | Export-LangSmithPgReport $folder/report.html -PassThru");
        Assert.Single(_session.Run("Export-LangSmithPgReport $folder/report.html -InputObject @()").Warnings);
        Assert.Empty(result.Errors);
        Assert.Empty(result.Output);
        Assert.Contains("no reports", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_file_that_is_there_is_kept_unless_forced_and_told_before_any_server_is_asked()
    {
        var path = Path.Combine(_folder, "report.md");
        File.WriteAllText(path, "precious");
        var refused = _session.Run("$asked = 0; $reports | ForEach-Object { $asked++; $_ } | Export-LangSmithPgReport $folder/report.md");
        Assert.Equal("FileExists", refused.ErrorId);
        Assert.Equal("precious", File.ReadAllText(path));
        Assert.Equal(0, _session.Run("$asked").Single.BaseObject);

        _session.Run("$reports | Export-LangSmithPgReport $folder/report.md -Force").ThrowIfFailed();
        Assert.StartsWith("# PostgreSQL", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIf_writes_nothing()
    {
        Assert.Empty(_session.Run("$reports | Export-LangSmithPgReport $folder/x.html -WhatIf -PassThru").Output);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_folder_that_is_missing_is_named()
    {
        var result = _session.Run("$reports | Export-LangSmithPgReport $folder/missing/x.html");
        Assert.Equal("FileNotWritten", result.ErrorId);
        Assert.Contains("missing", result.Errors[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Others_may_read_it()
    {
        var file = (FileInfo)_session.Run("$reports | Export-LangSmithPgReport $folder/report.html -PassThru").Single.BaseObject;
        if (!OperatingSystem.IsWindows())
        {
            File.WriteAllText(Path.Combine(_folder, "other"), "");
            Assert.Equal(File.GetUnixFileMode(Path.Combine(_folder, "other")), File.GetUnixFileMode(file.FullName));
        }
    }

    [Fact]
    public void Annotations_are_lines_that_a_step_prints()
    {
        _session.Run("$reports | Export-LangSmithPgReport $folder/annotations.txt -Format GitHubAnnotations").ThrowIfFailed();
        var lines = File.ReadAllLines(Path.Combine(_folder, "annotations.txt"));
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Matches("^::(error|warning|notice) title=[^:]+::.", line));
    }
}
