using System.Management.Automation;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Comparisons;

/// <summary>Two databases are compared at the prompt.</summary>
public sealed class CompareDatabaseTests : IDisposable
{
    readonly ModuleSession _session = new();
    readonly LiveServer _server;

    public CompareDatabaseTests(LiveServer server)
    {
        _server = server;
        _session.Set("password", LiveServer.Password);
        _session.Run($"$ready = New-LangSmithPgConnectionString {server.Arguments("owner", "compared")}").ThrowIfFailed();
        _session.Run("$ready | Install-LangSmithPgExtensions").ThrowIfFailed();
        _session.Run($"$bare = New-LangSmithPgConnectionString {server.Arguments("owner", "bare")}").ThrowIfFailed();
    }

    public void Dispose() => _session.Dispose();

    [Fact]
    public void A_database_is_equal_to_itself()
    {
        var result = _session.Run("$ready | Compare-LangSmithPgDatabase $ready");
        result.ThrowIfFailed();
        Assert.Equal(true, result.Single.Properties["IsEqual"].Value);
        Assert.Equal("equal", result.Single.Properties["Verdict"].Value);
        Assert.Equal(true, _session.Run("Compare-LangSmithPgDatabase $ready $ready -Quiet").Single.BaseObject);
        var shown = _session.Show("$ready | Compare-LangSmithPgDatabase $ready").TrimEnd().Split('\n');
        Assert.Equal("The databases are equal.", shown[^1].TrimEnd());
        Assert.Contains(result.Other, line => line.Contains("Comparing databases", StringComparison.Ordinal));
    }

    [Fact]
    public void What_differs_is_shown_with_the_verdict_and_the_next_step_last()
    {
        var shown = _session.Show("$bare | Compare-LangSmithPgDatabase $ready").TrimEnd().Split('\n').Select(line => line.TrimEnd()).ToArray();
        Assert.Contains($"Reference:  localhost:{_server.Port}/compared", string.Join(' ', shown[..3]), StringComparison.Ordinal);
        Assert.Contains("  Fail     Extension citext is missing.", shown);
        Assert.Contains(shown, line => line.StartsWith("Different: ", StringComparison.Ordinal));
        Assert.All(shown, line => Assert.True(line.Length <= ModuleSession.Width, line));
        Assert.Equal(false, _session.Run("Compare-LangSmithPgDatabase $ready $bare -Quiet").Single.BaseObject);
    }

    [Fact]
    public void Every_report_takes_it()
    {
        using var folder = new TemporaryFolder();
        _session.Set("folder", folder.Path);
        _session.Run("$bare | Compare-LangSmithPgDatabase $ready | Export-LangSmithPgReport \"$folder/c.json\"").ThrowIfFailed();
        _session.Run("$bare | Compare-LangSmithPgDatabase $ready | Export-LangSmithPgReport \"$folder/c.html\"").ThrowIfFailed();
        _session.Run("$bare | Compare-LangSmithPgDatabase $ready | Export-LangSmithPgReport \"$folder/c.xml\"").ThrowIfFailed();
        var json = File.ReadAllText(Path.Join(folder.Path, "c.json"));
        Assert.Contains("\"kind\": \"Comparison\"", json, StringComparison.Ordinal);
        Assert.Contains("\"id\": \"Compare.Extension\"", json, StringComparison.Ordinal);
        var html = File.ReadAllText(Path.Join(folder.Path, "c.html"));
        Assert.Contains("The database is not equal", html, StringComparison.Ordinal);
        Assert.DoesNotContain("helm upgrade", html, StringComparison.Ordinal);
        // The same again, from the file and live.
        var change = _session.Run("$bare | Compare-LangSmithPgDatabase $ready | Compare-LangSmithPgReport \"$folder/c.json\"");
        change.ThrowIfFailed();
        Assert.Empty((System.Collections.IEnumerable)change.Single.Properties["Changes"].Value);
    }

    [Fact]
    public void Only_some_tables_are_compared_if_asked_for()
    {
        Assert.Equal("NoTableFound", _session.Run("Compare-LangSmithPgDatabase $ready $bare -Table public.nothing*").ErrorId);
    }

    [Fact]
    public void A_run_that_was_cut_off_continues_from_its_file()
    {
        using var folder = new TemporaryFolder();
        _session.Set("file", Path.Join(folder.Path, "equal.jsonl"));
        _session.Run("$ready | Compare-LangSmithPgDatabase $ready -ResumePath $file").ThrowIfFailed();
        Assert.True(File.Exists(Path.Join(folder.Path, "equal.jsonl")));
        _session.Run("$ready | Compare-LangSmithPgDatabase $ready -ResumePath $file").ThrowIfFailed();
        File.WriteAllText(Path.Join(folder.Path, "equal.jsonl"), "something else\n");
        var refused = _session.Run("$ready | Compare-LangSmithPgDatabase $ready -ResumePath $file");
        Assert.Equal("NotAResumeFile", refused.ErrorId);
        Assert.Empty(refused.Output);
        Assert.Equal("something else\n", File.ReadAllText(Path.Join(folder.Path, "equal.jsonl")));
    }

    [Fact]
    public void A_side_that_cannot_be_reached_is_one_error_of_that_side()
    {
        var result = _session.Run("'postgresql://owner:x@localhost:1/d?sslmode=disable' | Compare-LangSmithPgDatabase $ready");
        Assert.Equal("ConnectionRefused", result.ErrorId);
        Assert.Equal("localhost:1/d", result.Errors[0].TargetObject);
        Assert.Empty(result.Output);
        Assert.Equal(ErrorCategory.InvalidArgument, _session.Run("Compare-LangSmithPgDatabase $ready, $bare $bare").Errors[0].CategoryInfo.Category);
    }
}
