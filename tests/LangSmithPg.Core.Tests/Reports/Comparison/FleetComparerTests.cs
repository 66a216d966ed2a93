using System.Text.Json;
using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Readiness;
using LangSmithPg.Reports;
using LangSmithPg.Reports.Comparison;

namespace LangSmithPg.Core.Tests.Reports.Comparison;

public sealed class FleetComparerTests
{
    [Theory]
    [InlineData(FindingStatus.Pass, FindingStatus.Fail, ChangeKind.Worse)]
    [InlineData(FindingStatus.Warning, FindingStatus.Fail, ChangeKind.Worse)]
    [InlineData(FindingStatus.Pass, FindingStatus.Unknown, ChangeKind.Worse)]
    [InlineData(FindingStatus.NotApplicable, FindingStatus.Warning, ChangeKind.Worse)]
    [InlineData(FindingStatus.Fail, FindingStatus.Warning, ChangeKind.Better)]
    [InlineData(FindingStatus.Unknown, FindingStatus.NotApplicable, ChangeKind.Better)]
    [InlineData(FindingStatus.Fail, FindingStatus.Fail, ChangeKind.Unchanged)]
    [InlineData(FindingStatus.Pass, FindingStatus.NotApplicable, ChangeKind.Unchanged)]
    [InlineData(FindingStatus.NotApplicable, FindingStatus.Pass, ChangeKind.Unchanged)]
    public void A_status_is_compared_with_the_earlier_one(FindingStatus before, FindingStatus after, ChangeKind change)
    {
        var only = Assert.Single(Compare([Database(("A", before))], [Database(("A", after))], includeUnchanged: true).Changes);
        Assert.Equal((change, before, after), (only.Change, only.OldStatus, only.NewStatus));
    }

    [Fact]
    public void What_one_report_alone_has_is_new_or_gone()
    {
        var comparison = Compare([Database(("A", FindingStatus.Warning), ("P", FindingStatus.Pass))], [Database(("B", FindingStatus.Fail), ("Q", FindingStatus.Pass))]);
        Assert.Equal(["New B: B is Fail.", "Gone A: A is Warning."], comparison.Changes.Select(change => $"{change}"));
        Assert.Equal((1, 1, true, true), (comparison.NewCount, comparison.GoneCount, comparison.IsWorse, comparison.IsComplete));
        Assert.Equal("1 new, 1 gone since 2026-03-01 08:30 UTC.", comparison.Verdict);
    }

    [Fact]
    public void A_new_warning_alone_does_not_make_it_worse() =>
        Assert.False(Compare([Database(("A", FindingStatus.Pass))], [Database(("A", FindingStatus.Pass), ("B", FindingStatus.Warning))]).IsWorse);

    [Fact]
    public void Equal_reports_have_no_changes()
    {
        var comparison = Compare([Samples.NotReady(), Samples.Ready("other:5432/d")], [Samples.Ready("other:5432/d"), Samples.NotReady()]);
        Assert.Empty(comparison.Changes);
        Assert.Equal((2, 24, "No change since 2026-03-01 08:30 UTC."), (comparison.DatabaseCount, comparison.UnchangedCount, comparison.Verdict));
        Assert.Equal(24, Compare([Samples.NotReady(), Samples.Ready("other:5432/d")], [Samples.Ready("other:5432/d"), Samples.NotReady()], includeUnchanged: true).Changes.Count);
    }

    // As -MinimumStatus does it.
    [Theory]
    [InlineData(FindingStatus.Warning)]
    [InlineData(FindingStatus.Fail)]
    public void What_was_left_out_of_the_later_report_is_neither_gone_nor_better(FindingStatus minimum)
    {
        var comparison = Compare([Samples.NotReady()], [Filter(Samples.Ready(), minimum)]);
        Assert.NotEmpty(comparison.Changes);
        Assert.All(comparison.Changes, change => Assert.Equal((ChangeKind.NotCompared, null), (change.Change, change.NewStatus)));
        Assert.All(comparison.Changes, change => Assert.Contains("left out of the later report", change.Reason, StringComparison.Ordinal));
        Assert.False(comparison.IsComplete);
        Assert.Equal("No known change since 2026-03-01 08:30 UTC. 12 findings were not compared.", comparison.Verdict);
    }

    [Fact]
    public void What_is_worse_than_all_that_was_left_out_of_the_earlier_report_is_new()
    {
        var comparison = Compare([Filter(Database(("A", FindingStatus.Warning), ("B", FindingStatus.Pass)), FindingStatus.Fail)], [Database(("A", FindingStatus.Fail), ("B", FindingStatus.Warning))]);
        Assert.Equal([ChangeKind.New, ChangeKind.NotCompared], comparison.Changes.Select(change => change.Change));
        Assert.True(comparison.IsWorse);
    }

    [Fact]
    public void Nothing_is_gone_from_a_database_that_could_not_be_checked()
    {
        var comparison = Compare([Samples.NotReady()], [Samples.Unreachable()]);
        Assert.Equal(ChangeKind.Worse, comparison.Changes[0].Change);
        Assert.All(comparison.Changes.Skip(1), change => Assert.Equal((ChangeKind.NotCompared, "The database could not be checked."), (change.Change, change.Reason)));
        Assert.Equal((0, 11, false), (comparison.GoneCount, comparison.NotComparedCount, comparison.IsComplete));
    }

    [Fact]
    public void A_database_of_one_report_alone_is_one_row()
    {
        var comparison = Compare([Samples.Ready("old:5432/d")], [Samples.NotReady("new:5432/d")]);
        Assert.Equal(
            [("new:5432/d", ChangeKind.New, null, "not ready: 4 problems"), ("old:5432/d", ChangeKind.Gone, "ready", null)],
            comparison.Changes.Select(change => (change.Target, change.Change, change.OldMessage, change.NewMessage)));
        Assert.All(comparison.Changes, change => Assert.Null(change.Id));
        Assert.Equal((0, 0, true, false), (comparison.NewCount, comparison.GoneCount, comparison.IsWorse, comparison.IsComplete));
        Assert.Equal("Nothing was compared since 2026-03-01 08:30 UTC. 1 database is only in the later report. 1 database is only in the earlier report.", comparison.Verdict);
    }

    [Fact]
    public void A_new_database_that_is_ready_makes_nothing_worse() => Assert.False(Compare([Samples.Ready()], [Samples.Ready(), Samples.Ready("new:5432/d")]).IsWorse);

    [Fact]
    public void A_role_that_changed_does_not_make_another_database() =>
        Assert.Equal((1, "No change since 2026-03-01 08:30 UTC."), Compare([Samples.Ready()], [Samples.Ready() with { UserName = "identity" }]) is var comparison ? (comparison.DatabaseCount, comparison.Verdict) : default);

    [Fact]
    public void Databases_with_one_target_are_told_apart_by_role_and_schema()
    {
        var (one, two) = (Samples.Ready() with { Schema = "one" }, Samples.NotReady() with { Schema = "two" });
        var comparison = Compare([one, two], [Samples.Ready() with { Schema = "two" }, one]);
        Assert.Equal((2, 0, 1), (comparison.DatabaseCount, comparison.WorseCount, comparison.Changes.Select(change => change.Schema).Distinct().Count()));
        Assert.All(comparison.Changes, change => Assert.Equal("two", change.Schema));
    }

    [Fact]
    public void Of_several_reports_of_a_database_the_last_one_counts()
    {
        Assert.Empty(Compare([Samples.NotReady(), Samples.Ready()], [Samples.NotReady(), Samples.Ready()]).Changes);
        Assert.Equal(["db.example.com:5432/langsmith"], DatabasePair.Repeated([Samples.NotReady(), Samples.Ready(), Samples.Ready("b:1/c")]).Select(one => one.Target));
    }

    // Schema.Create causes what has the same fix; a cause that stays as it is explains nothing.
    [Fact]
    public void What_follows_from_a_change_is_counted_with_it()
    {
        var (cause, other) = (Finding("A", FindingStatus.Fail) with { Fix = "x" }, Finding("B", FindingStatus.Fail) with { Fix = "x" });
        var both = Compare([Database(("A", FindingStatus.Pass), ("B", FindingStatus.Pass))], [Database(cause, other)]);
        Assert.Equal((1, [null, "A"]), (both.WorseCount, both.Changes.Select(change => change.CausedBy).ToArray()), Counted);
        var one = Compare([Database(cause, Finding("B", FindingStatus.Pass))], [Database(cause, other)]);
        Assert.Equal((1, [null]), (one.WorseCount, one.Changes.Select(change => change.CausedBy).ToArray()), Counted);
        Assert.Equal(1, Compare([Database(cause, other)], [Database(("A", FindingStatus.Pass), ("B", FindingStatus.Pass))]).BetterCount);
    }

    [Fact]
    public void Ids_that_repeat_are_compared_one_by_one()
    {
        var comparison = Compare([Database(("A", FindingStatus.Pass), ("A", FindingStatus.Fail))], [Database(("A", FindingStatus.Fail), ("A", FindingStatus.Fail), ("A", FindingStatus.Warning))]);
        Assert.Equal([ChangeKind.Worse, ChangeKind.New], comparison.Changes.Select(change => change.Change));
    }

    [Fact]
    public void A_report_without_a_time_is_the_earlier_report() =>
        Assert.Equal("No change since the earlier report.", FleetComparer.Compare([Samples.Ready()], [Samples.Ready()], null, includeUnchanged: false).Verdict);

    // What JSON keeps is enough.
    [Fact]
    public void A_file_compares_as_the_report_that_it_was_written_from()
    {
        foreach (var report in new[] { Samples.Ready(), Samples.NotReady(), Samples.Unreachable(), Filter(Samples.NotReady(), FindingStatus.Warning), Filter(Samples.Ready(), FindingStatus.Fail) })
        {
            var read = JsonReport.ReadFleet(JsonReport.Write(Samples.Of(report)));
            Assert.Equal(Samples.Time, read.GeneratedAt);
            Assert.Equal(report.LeftOut, Assert.Single(read.Databases).LeftOut);
            Assert.Equal(Compare([Samples.NotReady()], [report]).Changes, Compare([Samples.NotReady()], read.Databases).Changes);
        }
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{ "schemaVersion": "2.0", "generatedAt": "2026-03-01T08:30:05Z", "databases": [{ "target": "h/d", "findings": [] }] }""")]
    [InlineData("""{ "schemaVersion": "1.1", "generatedAt": "yesterday", "databases": [{ "target": "h/d", "findings": [] }] }""")]
    [InlineData("""{ "schemaVersion": "1.1", "generatedAt": "2026-03-01T08:30:05Z", "databases": [] }""")]
    [InlineData("""{ "schemaVersion": "1.1", "generatedAt": "2026-03-01T08:30:05Z", "databases": [{ "target": "h/d", "findings": [] }] }""")]
    [InlineData("""{ "schemaVersion": "1.1", "generatedAt": "2026-03-01T08:30:05Z", "databases": [{ "target": "h/d", "findings": [null] }] }""")]
    public void What_is_no_report_is_refused(string text) => Assert.Throws<JsonException>(() => JsonReport.ReadFleet(text));

    static bool Counted((int Count, string?[] Causes) expected, (int Count, string?[] Causes) actual) => expected.Count == actual.Count && expected.Causes.SequenceEqual(actual.Causes);

    static ReportComparison Compare(IReadOnlyList<ReadinessReport> earlier, IReadOnlyList<ReadinessReport> later, bool includeUnchanged = false) =>
        FleetComparer.Compare(earlier, later, Samples.Time, includeUnchanged);

    // Findings that are left out still count.
    static ReadinessReport Filter(ReadinessReport report, FindingStatus minimum) => report with
    {
        Status = report.Status,
        IsReady = report.IsReady,
        Counts = report.Counts,
        Findings = [.. report.Findings.Where(finding => finding.Status >= minimum)],
    };

    static ReadinessReport Database(params (string Id, FindingStatus Status)[] findings) => Database([.. findings.Select(one => Finding(one.Id, one.Status))]);

    static ReadinessReport Database(params Finding[] findings) => new() { Target = "db.example.com:5432/langsmith", Findings = findings };

    static Finding Finding(string id, FindingStatus status) => new() { Id = id, Status = status, Target = "", Message = $"{id} is {status}." };
}
