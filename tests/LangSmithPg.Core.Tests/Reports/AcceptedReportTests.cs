using System.Text.Json.Nodes;
using System.Xml.Linq;
using LangSmithPg.Common;
using LangSmithPg.Reports;
using LangSmithPg.Reports.Comparison;

namespace LangSmithPg.Core.Tests.Reports;

/// <summary>What is accepted is shown as such in every format, and fails nothing.</summary>
public sealed class AcceptedReportTests
{
    const string Accepted = "Accepted until 2026-06-30: Known until the move";

    static readonly FleetReport Report = Samples.Of(Samples.Accepted());

    [Theory]
    [InlineData(ReportFormat.Html)]
    [InlineData(ReportFormat.Markdown)]
    [InlineData(ReportFormat.JUnit)]
    [InlineData(ReportFormat.Sarif)]
    public void The_reason_and_the_last_day_are_shown(ReportFormat format) => Assert.Contains(Accepted, format.Write(Report), StringComparison.Ordinal);

    [Fact]
    public void The_verdict_says_it()
    {
        Assert.Equal("The database is ready, with 6 accepted findings", Report.Verdict);
        Assert.Equal("All 2 databases are ready, with 6 accepted findings", Samples.Of(Samples.Accepted(), Samples.Ready("b:1/c")).Verdict);
    }

    [Fact]
    public void The_page_shows_it_apart()
    {
        var page = ReportFormat.Html.Write(Samples.Of(Samples.Accepted(), Samples.Ready("b:1/c")));
        Assert.Contains("6 findings are accepted", page, StringComparison.Ordinal);
        Assert.Contains("Fail, accepted", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<article class=\"fail\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("accepted", ReportFormat.Html.Write(Samples.Of(Samples.NotReady(), Samples.Ready("b:1/c"))), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_test_of_JUnit_is_skipped()
    {
        var suite = XDocument.Parse(ReportFormat.JUnit.Write(Report)).Root!.Element("testsuite")!;
        Assert.Equal(("0", "6"), (suite.Attribute("failures")!.Value, suite.Attribute("skipped")!.Value));
        Assert.Empty(suite.Descendants("failure"));
        Assert.Equal(6, suite.Descendants("skipped").Count());
    }

    [Fact]
    public void A_result_of_SARIF_is_suppressed()
    {
        var results = JsonNode.Parse(ReportFormat.Sarif.Write(Samples.Of(Samples.Accepted(), Samples.NotReady("b:1/c"))))!["runs"]![0]!["results"]!.AsArray();
        Assert.Equal((12, 6), (results.Count, results.Count(one => one!["suppressions"] is not null)));
        var suppression = results.Last()!["suppressions"]![0]!;
        Assert.Equal($$"""{"kind":"external","status":"accepted","justification":"{{Accepted}}"}""", suppression.ToJsonString());
    }

    [Fact]
    public void Annotations_leave_it_out() =>
        Assert.Equal("::notice title=PostgreSQL readiness for LangSmith::The database is ready, with 6 accepted findings.\n", ReportFormat.GitHubAnnotations.Write(Report));

    [Fact]
    public void A_table_has_its_columns()
    {
        var rows = CsvRows.Read(ReportFormat.Csv.Write(Report));
        Assert.Equal(
            [("", "", 6), ("Known until the move", "2026-06-30", 6)],
            rows.GroupBy(row => (row["Accepted"], row["AcceptedUntil"])).Select(group => (group.Key.Item1, group.Key.Item2, group.Count())).Order());
    }

    [Fact]
    public void What_JSON_says_is_read_again()
    {
        var read = Assert.Single(JsonReport.Read(JsonReport.Write(Report)));
        Assert.Equal((true, 6, 0, "ready, 6 accepted findings"), (read.IsReady, read.AcceptedCount, read.FailCount, read.Verdict));
        Assert.Equal(Samples.Accepted().Findings.Select(one => (one.Id, one.Accepted)), read.Findings.Select(one => (one.Id, one.Accepted)));
    }

    // A database that was not checked is never ready, whatever a file says.
    [Fact]
    public void A_file_cannot_accept_that_a_database_was_not_checked()
    {
        var text = JsonReport.Write(Samples.Of(Samples.Unreachable() with { IsReady = true })).Replace("\"accepted\": null", "\"accepted\": { \"reason\": \"x\", \"until\": null }", StringComparison.Ordinal);
        Assert.Contains("\"reason\": \"x\"", text, StringComparison.Ordinal);
        Assert.False(Assert.Single(JsonReport.Read(text)).IsReady);
    }

    [Fact]
    public void Hostile_reasons_are_shown_as_they_are()
    {
        var report = Samples.Of(Samples.Accepted(reason: Samples.Hostile));
        Assert.DoesNotContain("<script>alert", ReportFormat.Html.Write(report), StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", ReportFormat.Markdown.Write(report), StringComparison.Ordinal);
        Assert.Equal("\n", ReportFormat.Sarif.Write(report)[^1..]);
        Assert.NotNull(XDocument.Parse(ReportFormat.JUnit.Write(report)));
    }

    [Fact]
    public void A_comparison_tells_when_an_acceptance_begins_and_ends()
    {
        var ends = FleetComparer.Compare([Samples.Accepted()], [Samples.NotReady()], null, includeUnchanged: false);
        Assert.True(ends.IsWorse);
        Assert.All(ends.Changes, change => Assert.Equal((ChangeKind.Worse, true), (change.Change, change.WasAccepted)));
        Assert.Equal("No change since the earlier report.", FleetComparer.Compare([Samples.NotReady()], [Samples.Accepted()], null, includeUnchanged: false).Verdict);

        var known = FleetComparer.Compare([Samples.Ready()], [Samples.Accepted()], null, includeUnchanged: false);
        Assert.Equal((false, 0), (known.IsWorse, known.WorseCount));
        Assert.Contains(known.Changes, change => change is { Change: ChangeKind.Worse, NewStatus: FindingStatus.Fail, Accepted: not null });
    }
}
