using LangSmithPg.Common;
using LangSmithPg.Core.Tests.Reports;
using LangSmithPg.Findings;
using LangSmithPg.Readiness;

namespace LangSmithPg.Core.Tests.Readiness;

public sealed class AcceptedFindingsTests
{
    static readonly DateOnly Today = new(2026, 3, 1);

    [Fact]
    public void What_is_accepted_keeps_its_status_and_does_not_count()
    {
        var report = Apply(Samples.NotReady(), new AcceptedFinding("*", "*", "Known", null, "a"));
        Assert.Equal((true, FindingStatus.Pass, 0, 0, 6, 6), (report.IsReady, report.Status, report.FailCount, report.WarningCount, report.PassCount, report.AcceptedCount));
        Assert.Equal(("ready, 6 accepted findings", 0, 0, ""), (report.Verdict, report.Problems.Count, report.Fixes.Count, report.FixSql));
        Assert.Equal((null, 0), (report.FirstProblem, report.Attention.Count));
        var finding = report.Findings.Single(one => one.Id == "Schema.Create");
        Assert.Equal((FindingStatus.Fail, new Acceptance("Known", null)), (finding.Status, finding.Accepted));
        Assert.Equal(Samples.NotReady().Findings.Select(one => (one.Id, one.Status, one.Message)), report.Findings.Select(one => (one.Id, one.Status, one.Message)));
    }

    [Fact]
    public void One_accepted_finding_is_told_in_the_verdict() =>
        Assert.Equal("ready, 1 accepted finding", Apply(Database(("Connection", FindingStatus.Pass), ("A", FindingStatus.Fail)), Entry("A")).Verdict);

    [Fact]
    public void What_passed_is_not_accepted() =>
        Assert.All(Apply(Samples.Ready(), Entry("*")).Findings, finding => Assert.Null(finding.Accepted));

    [Theory]
    [InlineData("A.b", "db.example.com:5432/langsmith", true)]
    [InlineData("a.B", "DB.example.com:5432/langsmith", true)]
    [InlineData("A.*", "db.example.com*", true)]
    [InlineData("?.b", "*/langsmith", true)]
    [InlineData("A", "*", false)]
    [InlineData("B.*", "*", false)]
    [InlineData("A.b", "db.example.com", false)]
    [InlineData("A.b", "[::1]:5432/langsmith", false)]
    [InlineData("A[.]b", "*", false)]
    public void Id_and_target_have_wildcards(string id, string target, bool isAccepted)
    {
        var report = Apply(Database(("Connection", FindingStatus.Pass), ("A.b", FindingStatus.Fail)), new AcceptedFinding(id, target, "Known", null, "a"));
        Assert.Equal(isAccepted, report.IsReady);
    }

    [Fact]
    public void A_target_in_brackets_is_meant_as_it_is() => Assert.True(new AcceptedFinding("*", "[::1]:5432/d", "", null, "").IsForTarget("[::1]:5432/d"));

    [Theory]
    [InlineData(2026, 2, 28, false)]
    [InlineData(2026, 3, 1, true)]
    [InlineData(2026, 3, 2, true)]
    public void It_comes_back_on_the_day_after_its_last(int year, int month, int day, bool isAccepted)
    {
        var report = Apply(Database(("Connection", FindingStatus.Pass), ("A", FindingStatus.Fail)), new AcceptedFinding("A", "*", "Until the move", new(year, month, day), "a"));
        Assert.Equal((isAccepted, isAccepted ? 1 : 0), (report.IsReady, report.AcceptedCount));
        Assert.Equal(isAccepted ? "A is Fail." : "A is Fail. Its acceptance expired on 2026-02-28: Until the move", report.Findings[1].Message);
    }

    [Fact]
    public void Of_several_entries_the_one_that_lasts_longest_holds()
    {
        var report = Apply(
            Database(("Connection", FindingStatus.Pass), ("A", FindingStatus.Fail)),
            new AcceptedFinding("A", "*", "old", new(2026, 1, 1), "a"), new AcceptedFinding("A", "*", "longest", new(2027, 1, 1), "a"), new AcceptedFinding("*", "*", "short", new(2026, 4, 1), "a"));
        Assert.Equal("Accepted until 2027-01-01: longest", $"{report.Findings[1].Accepted}");
    }

    [Fact]
    public void A_database_that_was_not_checked_is_never_ready()
    {
        Assert.False(Apply(Samples.Unreachable(), Entry("*")).IsReady);
        Assert.False(Apply(Database(("Connection", FindingStatus.Unknown)), Entry("*"), Entry("Connection")).IsReady);
        Assert.False(Apply(Database(("Preflight.NoModule", FindingStatus.Fail)), Entry("*")).IsReady);
        Assert.False(Apply(Database(("Connection", FindingStatus.Fail), ("A", FindingStatus.Pass)), Entry("*"), Entry("Connection")).IsReady);
    }

    // One missing GRANT shows in several findings. Who accepts the first of them has not accepted the others.
    [Fact]
    public void What_follows_from_an_accepted_finding_is_a_problem_of_its_own()
    {
        var findings = new[] { Finding("Connection", FindingStatus.Pass), Failure("A"), Failure("B"), Failure("C") };
        var report = new ReadinessReport { Target = "h/d", Findings = findings };
        Assert.Equal(["A"], report.Problems.Select(one => one.Id));
        var accepted = Apply(report, Entry("A"));
        Assert.Equal(["B"], accepted.Problems.Select(one => one.Id));
        Assert.Equal([null, null, null, "B"], accepted.Findings.Select(one => one.CausedBy));
        Assert.Equal(("not ready: 1 problem", "x"), (accepted.Verdict, accepted.FixSql));

        static Finding Failure(string id) => Finding(id, FindingStatus.Fail) with { Fix = new(RemedyKind.Sql, "x") };
    }

    [Fact]
    public void An_entry_that_fits_nothing_is_told_with_what_it_may_mean()
    {
        var accepted = new AcceptedFindings(
        [
            Entry("Schema.Crate"), Entry("Nothing.like.it"), new("*", "db.example.com:5432/langsmit", "", null, "b"), Entry("Schema.*"), Entry("Connection.*"), Entry("Server.Version"),
        ]);
        Assert.Empty(accepted.Unmatched());
        accepted.Observe(Samples.NotReady());
        Assert.Equal(
            [
                "a: no finding has the id Schema.Crate. Did you mean Schema.Create?", "a: no finding has the id Nothing.like.it.",
                "b: no tested database has the target db.example.com:5432/langsmit. Did you mean db.example.com:5432/langsmith?", "a: no finding has the id Connection.*.",
            ],
            accepted.Unmatched());
    }

    [Fact]
    public void Nothing_is_said_of_a_rehearsal_that_was_not_run()
    {
        var accepted = new AcceptedFindings([Entry("Rehearsal.Lok")]);
        accepted.Observe(Samples.NotReady());
        Assert.Empty(accepted.Unmatched());
        accepted.Observe(Database(("Connection", FindingStatus.Pass), ("Rehearsal.Lock", FindingStatus.Pass)));
        Assert.Equal(["a: no finding has the id Rehearsal.Lok. Did you mean Rehearsal.Lock?"], accepted.Unmatched());
    }

    [Fact]
    public void Nothing_is_said_of_a_database_that_was_not_checked()
    {
        var accepted = new AcceptedFindings([Entry("Schema.Crate")]);
        accepted.Observe(Samples.Unreachable());
        Assert.Empty(accepted.Unmatched());
    }

    [Fact]
    public void A_reason_cannot_steer_a_terminal() => Assert.Equal("Accepted without an end: a\u241B[31m b", $"{new Acceptance("a\u001b[31m\nb", null)}");

    static ReadinessReport Apply(ReadinessReport report, params AcceptedFinding[] entries) => new AcceptedFindings(entries).Apply(report, Today);

    static AcceptedFinding Entry(string id) => new(id, "*", "Known", null, "a");

    static ReadinessReport Database(params (string Id, FindingStatus Status)[] findings) =>
        new() { Target = "db.example.com:5432/langsmith", Findings = [.. findings.Select(one => Finding(one.Id, one.Status))] };

    static Finding Finding(string id, FindingStatus status) => new() { Id = id, Status = status, Target = "", Message = $"{id} is {status}." };
}
