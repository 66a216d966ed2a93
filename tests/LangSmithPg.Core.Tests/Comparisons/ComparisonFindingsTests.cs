using LangSmithPg.Common;
using LangSmithPg.Comparisons;
using LangSmithPg.Readiness;

namespace LangSmithPg.Core.Tests.Comparisons;

/// <summary>What a comparison says in a report.</summary>
public sealed class ComparisonFindingsTests
{
    static readonly DatabaseComparison Equal = new()
    {
        Reference = "old:5432/langsmith",
        Difference = "new:5432/langsmith",
        ReferenceVersion = "14.23",
        DifferenceVersion = "17.10",
        StartedAt = new(2026, 11, 30, 0, 0, 0, DateTimeKind.Utc),
        Tables = [new() { Name = "public.runs", Status = FindingStatus.Pass, ReferenceRows = 1234, DifferenceRows = 1234 }],
        Objects = [],
        ObjectCount = 1500,
    };

    [Fact]
    public void Where_nothing_differs_everything_passes()
    {
        Assert.Equal(
            ["Pass Compare.Data: The rows of 1 table are equal to those of old:5432/langsmith: 1,234 rows.", "Pass Compare.Objects: The definitions of 1,500 objects are equal."],
            Equal.Findings.Select(finding => finding.ToString()));
        var report = Equal.ToReport();
        Assert.True(report.IsReady);
        Assert.Equal("equal", report.Verdict);
    }

    [Fact]
    public void No_difference_is_said_to_cause_another_one()
    {
        var report = (Equal with
        {
            Objects = [Missing(ObjectKind.Index, "public.a"), Missing(ObjectKind.Index, "public.b"), Missing(ObjectKind.View, "public.v"), Missing(ObjectKind.Function, "public.f()")],
        }).ToReport();

        Assert.All(report.Findings, finding => Assert.Null(finding.CausedBy));
        Assert.Equal(3, report.Problems.Count);
        Assert.Equal("2 differences: Index public.a is missing; Index public.b is missing.", report.Problems[0].Message);
        Assert.Equal("not equal: 3 problems", report.Verdict);
        Assert.Equal(ReportKind.Comparison, report.Kind);
    }

    [Fact]
    public void Owners_and_grants_are_warnings_and_what_is_not_known_is_no_pass()
    {
        var owner = Equal with { Objects = [new() { Kind = ObjectKind.Database, Name = "12 objects", Change = ObjectChange.Different, Property = "owner", Reference = "postgres", Difference = "app", Status = FindingStatus.Warning }] };
        Assert.True(owner.IsEqual);
        Assert.Equal("Compare.Owner", owner.Findings[1].Id);

        var unknown = Equal with { Tables = [new() { Name = "public.t", Status = FindingStatus.Unknown, Problem = "42501 permission denied" }] };
        Assert.False(unknown.IsEqual);
        Assert.Equal("not known: 1 table", unknown.Verdict);
        Assert.Equal(FindingStatus.Unknown, unknown.Findings[0].Status);
    }

    static ObjectDifference Missing(ObjectKind kind, string name) => new() { Kind = kind, Name = name, Change = ObjectChange.Missing, Status = FindingStatus.Fail };
}
