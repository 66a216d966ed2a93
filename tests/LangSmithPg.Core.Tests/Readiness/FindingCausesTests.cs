using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Readiness;

namespace LangSmithPg.Core.Tests.Readiness;

public class FindingCausesTests
{
    const string Grant = "GRANT CREATE ON DATABASE d TO u;";

    [Fact]
    public void What_the_same_fix_solves_is_one_problem()
    {
        var report = Of(Fail("Database.Create", Grant), Fail("Extension.citext", Grant), Fail("Extension.ltree", Grant), Fail("Schema.Create", "GRANT CREATE ON SCHEMA s TO u;"));
        Assert.Equal(["Database.Create", "Schema.Create"], report.Problems.Select(finding => finding.Id));
        Assert.Equal([null, "Database.Create", "Database.Create", null], report.Findings.Select(finding => finding.CausedBy));
        Assert.Equal("not ready: 2 problems", report.Verdict);
        Assert.Equal(4, report.FailCount);
        Assert.Equal("db/d: not ready: 2 problems", report.ToString());
    }

    [Fact]
    public void A_cause_is_a_problem_of_its_own_and_not_a_link_of_a_chain()
    {
        var report = Of(
            Fail("Schema.Create", Grant), Fail("Rehearsal.Table", Grant), Of("Rehearsal.Insert", FindingStatus.Unknown, "Rehearsal.Table"),
            Of("Rehearsal.Compare.citext", FindingStatus.Unknown, "Rehearsal.Insert"));
        Assert.Equal([null, "Schema.Create", "Schema.Create", "Schema.Create"], report.Findings.Select(finding => finding.CausedBy));
        Assert.Equal("not ready: 1 problem", report.Verdict);
    }

    [Fact]
    public void The_worst_of_those_with_the_same_fix_is_the_cause()
    {
        var report = Of(Fail("A", Grant) with { Status = FindingStatus.Warning }, Fail("B", Grant));
        Assert.Equal(["B", null], report.Findings.Select(finding => finding.CausedBy));
    }

    [Fact]
    public void A_circle_that_came_from_a_file_hides_nothing()
    {
        var report = Of(Of("A", FindingStatus.Fail, "B"), Of("B", FindingStatus.Fail, "A"), Of("C", FindingStatus.Fail, "D"), Of("E", FindingStatus.Fail, "E"));
        Assert.Equal(4, report.Problems.Count);
    }

    [Fact]
    public void Findings_that_are_left_out_still_count()
    {
        var report = Of(Fail("A", Grant), Of("B", FindingStatus.Pass), Of("C", FindingStatus.Warning));
        var shown = report with { Counts = report.Counts, Findings = [report.Findings[0]] };
        Assert.Equal((1, 1, 1), (shown.FailCount, shown.WarningCount, shown.PassCount));
    }

    [Fact]
    public void The_first_problem_of_a_database_is_the_cause()
    {
        Assert.Equal("A.", Of(Fail("A", Grant), Fail("B", Grant)).FirstProblem);
        Assert.Null(Of(Of("A", FindingStatus.Warning)).FirstProblem);
        var unknown = Of(Of("Connection", FindingStatus.Unknown));
        Assert.Equal(("Connection.", "not known"), (unknown.FirstProblem, unknown.Verdict));
    }

    static ReadinessReport Of(params Finding[] findings) => new() { Target = "db/d", Findings = findings };

    static Finding Fail(string id, string sql) => Of(id, FindingStatus.Fail) with { Fix = Remedy.Sql(sql) };

    static Finding Of(string id, FindingStatus status, string? cause = null) => new() { Id = id, Status = status, Target = "db/d", Message = $"{id}.", CausedBy = cause };
}
