using LangSmithPg.Common;
using LangSmithPg.Core.Tests.Reports;
using LangSmithPg.Preflight;
using LangSmithPg.Readiness;
using LangSmithPg.Reports;

namespace LangSmithPg.Core.Tests.Preflight;

public sealed class PreflightLogTests
{
    const int PieceLength = 500;

    static readonly string Document = string.Concat(JsonReport.Write(Samples.Of(Samples.NotReady())).Split('\n').Select(line => line.Trim()));

    static List<string> Pieces(string run = "0123abcd", int format = 1)
    {
        var ascii = string.Concat(Document.Select(character => character is >= ' ' and <= '~' ? $"{character}" : $"\\u{(int)character:x4}"));
        var pieces = ascii.Chunk(PieceLength).Select(piece => new string(piece)).ToList();
        return [.. pieces.Select((piece, index) => $"LangSmithPg.Preflight/{format} {run} {index + 1}/{pieces.Count} {piece}")];
    }

    static ReadinessReport Single(IEnumerable<string> lines) => Assert.Single(Assert.Single(PreflightLog.Read(lines)).ToReports());

    [Fact]
    public void The_report_is_the_one_that_was_written()
    {
        var (wrote, read) = (Samples.NotReady(), Single(Pieces()));
        Assert.True(Pieces().Count > 2);
        Assert.Equal(wrote.Findings.Select(finding => finding with { Target = read.Target }), read.Findings);
        Assert.Equal((wrote.Target, wrote.UserName, wrote.Schema, wrote.ServerVersion, wrote.Provider), (read.Target, read.UserName, read.Schema, read.ServerVersion, read.Provider));
        Assert.Equal(wrote.Elapsed.TotalMilliseconds, read.Elapsed.TotalMilliseconds, tolerance: 1);
        Assert.Equal(wrote.Findings.Where(finding => finding.Status == FindingStatus.Fail).Select(finding => finding.Fix).OfType<Remedy>().Distinct(), read.Fixes);
    }

    [Theory]
    [InlineData("2026-11-25T19:02:03.123456789Z ", "")]
    [InlineData("[pod/langsmith-pg-preflight-x7k2p/preflight] 2026-11-25T19:02:03.123456789Z ", "\r")]
    [InlineData("\uFEFF", "")]
    public void What_stands_around_a_line_does_no_harm(string before, string after) =>
        Assert.False(Single(Pieces().Select(line => before + line + after)).IsReady);

    [Fact]
    public void The_order_of_lines_and_lines_that_come_twice_do_no_harm() =>
        Assert.Equal(Single(Pieces()).Findings, Single([.. Pieces().AsEnumerable().Reverse(), "WARNING: noise", .. Pieces()]).Findings);

    // So many would take half a minute, were each looked for among all.
    [Fact]
    public void Many_runs_are_told_apart() =>
        Assert.Equal(40_000, PreflightLog.Read(Enumerable.Range(0, 40_000).Select(run => $"LangSmithPg.Preflight/1 {run:x8} 1/2 {{")).Count);

    [Fact]
    public void Runs_that_are_mixed_are_told_apart()
    {
        var runs = PreflightLog.Read(Pieces("00000001").Zip(Pieces("00000002"), (one, other) => new[] { one, other }).SelectMany(both => both));
        Assert.Equal(["00000001", "00000002"], runs.Select(run => run.Id));
        Assert.All(runs, run => Assert.Single(run.ToReports()));
    }

    [Fact]
    public void A_log_that_was_cut_says_what_is_missing()
    {
        var exception = Assert.Throws<PreflightException>(() => Single(Pieces().Skip(1)));
        Assert.Equal(PreflightProblemKind.PreflightIncomplete, exception.Kind);
        Assert.Contains("pieces is missing. The first missing piece is number 1.", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"databases\":", "\"data\":")]
    [InlineData("\"status\": \"Pass\"", "\"status\": \"Fine\"")]
    [InlineData("\"message\":", "\"text\":")]
    [InlineData("{", "")]
    public void A_text_that_was_changed_is_not_believed(string old, string changed)
    {
        Assert.Contains(old, string.Concat(Pieces()), StringComparison.Ordinal);
        var exception = Assert.Throws<PreflightException>(() => Single([$"LangSmithPg.Preflight/1 0123abcd 1/1 {Document.Replace(old, changed, StringComparison.Ordinal)}"]));
        Assert.Equal(PreflightProblemKind.PreflightUnreadable, exception.Kind);
    }

    [Fact]
    public void The_form_of_a_later_version_is_told() =>
        Assert.Equal(PreflightProblemKind.PreflightTooNew, Assert.Throws<PreflightException>(() => Single(Pieces(format: 2))).Kind);

    [Theory]
    // One result of each; one that was announced and never came; one whose pod did not start; two clusters; a database that only a later version knows.
    [InlineData("LangSmith Fleet", "LangSmith Fleet", "")]
    [InlineData("LangSmith Fleet", "LangSmith", "Fleet")]
    [InlineData("LangSmith", "LangSmith", "Fleet")]
    [InlineData("LangSmith Fleet LangSmith", "LangSmith Fleet LangSmith", "Fleet")]
    [InlineData("LangSmith Fleet LangSmith Fleet", "LangSmith Fleet LangSmith Fleet", "")]
    [InlineData("LangSmith Fleet", "", "LangSmith,Fleet")]
    public void A_result_that_is_missing_is_missed(string announced, string received, string missing)
    {
        var lines = announced.Split(' ').SelectMany((purpose, index) => Enumerable.Repeat($"[pod/x] LangSmithPg.Preflight/1 {index:x8} {purpose} of LangSmith,Fleet,Later\r", 2)).ToList();
        List<string> left = [.. received.Split(' ')];
        var ids = announced.Split(' ').Select((purpose, index) => (purpose, index)).Where(one => left.Remove(one.purpose)).Select(one => $"{one.index:x8}").ToHashSet();

        var reports = PreflightAnnouncement.Missing(PreflightLog.ReadAnnouncements(lines), ids).ToList();

        Assert.Equal(missing, string.Join(',', reports.Select(report => report.Purpose)));
        Assert.All(reports, report => Assert.Equal((false, "not known"), (report.IsReady, report.Verdict)));
        // What an older version reads of it is nothing.
        Assert.Empty(PreflightLog.Read(lines));
    }

    [Fact]
    public void Other_logs_hold_no_run() =>
        Assert.Empty(PreflightLog.Read(["", "Starting LangSmith", "LangSmithPg.Preflight", "LangSmithPg.Preflight/1 0123abcd 1/99999999999 {}"]));
}
