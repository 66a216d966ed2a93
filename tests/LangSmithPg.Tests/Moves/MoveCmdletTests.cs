using System.Management.Automation;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Moves;

/// <summary>The check of a move and the copy, as an admin calls them.</summary>
public sealed class MoveCmdletTests : IDisposable
{
    readonly ModuleSession _session = new();
    readonly TemporaryFolder _folder = new();

    public MoveCmdletTests(LiveServer server)
    {
        server.Introduce(_session);
        _session.Set("folder", _folder.Path);
        _session.Run($"""
            $from = New-LangSmithPgConnectionString {server.Arguments("owner", "move_from")}
            $to = New-LangSmithPgConnectionString {server.Arguments("owner", "move_to")}
            """).ThrowIfFailed();
    }

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_move_has_a_report_of_its_target()
    {
        var result = _session.Run("Test-LangSmithPgMove -From $from -To $to -Verbose");
        result.ThrowIfFailed();
        Assert.Equal("LangSmithPg.Readiness.ReadinessReport", result.Single.BaseObject.GetType().FullName);
        Assert.EndsWith("/move_to", (string)result.Single.Properties["Target"].Value, StringComparison.Ordinal);
        Assert.Contains(result.Verbose, line => line.Contains("Move.Size", StringComparison.Ordinal));
        Assert.Contains("Ready for the move.", _session.Show("Test-LangSmithPgMove $from $to"), StringComparison.Ordinal);
        Assert.Contains("Move.Time", _session.Show("Test-LangSmithPgMove $from $to -Detailed"), StringComparison.Ordinal);
        Assert.Equal(true, _session.Run("$to | Test-LangSmithPgMove -From $from -Quiet").Single.BaseObject);
        Assert.All(_session.Run("(Test-LangSmithPgMove $from $to -MinimumStatus Warning).Findings").Output, one => Assert.True(((IComparable)one.Properties["Status"].Value).CompareTo(Enum.Parse(one.Properties["Status"].Value.GetType(), "Warning")) >= 0));
    }

    [Fact]
    public void What_stands_in_the_way_is_not_ready_and_not_copied()
    {
        Assert.Equal(false, _session.Run("Test-LangSmithPgMove $from $from -Quiet").Single.BaseObject);
        Assert.Contains("Move.SameDatabase", _session.Run("(Test-LangSmithPgMove $from $from).Problems.Id").Output.Select(one => (string)one.BaseObject));
        Assert.Equal(false, _session.Run("Test-LangSmithPgMove $wrong $from -Quiet").Single.BaseObject);
        Assert.Equal(false, _session.Run("Test-LangSmithPgMove $from $wrong -Quiet").Single.BaseObject);

        var refused = _session.Run("Copy-LangSmithPgDatabase -From $from -To $from -Force -Confirm:$false");
        Assert.Equal("MoveNotReady", refused.ErrorId);
        Assert.Contains("Move.SameDatabase: Source and target are the same database.", refused.Errors[0].Exception.Message, StringComparison.Ordinal);
        Assert.Empty(refused.Output);
        Assert.Equal("MoveNotReady", _session.Run("Copy-LangSmithPgDatabase $wrong $from -WhatIf").ErrorId);
    }

    [Fact]
    public void A_finding_that_is_accepted_does_not_count()
    {
        File.WriteAllText(Path.Join(_folder.Path, "accepted.yaml"), """[{ "id": "Move.*", "reason": "test", "until": "never" }]""");
        File.WriteAllText(Path.Join(_folder.Path, "appsettings.json"), """{ "ConnectionStrings": { "A": "Host=h;Database=a;Username=u", "B": "Host=h;Database=b;Username=u" } }""");
        Assert.Equal(true, _session.Run("Test-LangSmithPgMove $from $from -AcceptedFinding $folder/accepted.yaml -Quiet -WarningAction Ignore").Single.BaseObject);
        Assert.Equal("SeveralSources", _session.Run("Test-LangSmithPgMove ([IO.FileInfo]\"$folder/appsettings.json\") $from").ErrorId);
        Assert.Equal("ConnectionIsNull", _session.Run("Test-LangSmithPgMove $null $from").ErrorId);
    }

    [Fact]
    public void A_copy_asks_and_needs_tools()
    {
        Assert.Empty(_session.Run("Copy-LangSmithPgDatabase $from $to -WhatIf").Errors);
        Assert.Equal("NotConfirmed", _session.Run("Copy-LangSmithPgDatabase $from $to").ErrorId);
        var result = _session.Run("Copy-LangSmithPgDatabase $from $to -PgBinPath $folder -Confirm:$false");
        Assert.Equal("ToolsNotFound", result.ErrorId);
        Assert.Equal(ErrorCategory.NotInstalled, result.Errors[0].CategoryInfo.Category);
        Assert.Contains("-PgBinPath", result.Errors[0].ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void No_stream_holds_the_password() =>
        Assert.DoesNotContain(LiveServer.Password, _session.Show("& { Test-LangSmithPgMove $from $to -Verbose; Copy-LangSmithPgDatabase $from $to -PgBinPath $folder -Confirm:$false -Verbose } *>&1 | Format-List * -Force"), StringComparison.Ordinal);
}
