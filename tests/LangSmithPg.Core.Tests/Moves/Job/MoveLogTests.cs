using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Moves.Job;
using LangSmithPg.Readiness;
using LangSmithPg.Reports;

namespace LangSmithPg.Core.Tests.Moves.Job;

/// <summary>The log of a move among other text.</summary>
public sealed class MoveLogTests
{
    static readonly string[] Whole =
    [
        Phase("aaaaaaaa", "check", "Started", 1), .. Report("aaaaaaaa", "Check", ReportKind.Move), Phase("aaaaaaaa", "check", "Succeeded", 1),
        Phase("bbbbbbbb", "copy", "Started", 2), Phase("bbbbbbbb", "copy", "Succeeded", 2, ",\"seconds\":70,\"bytes\":5,\"message\":\"a \\\"b\\\"\""),
        Phase("cccccccc", "compare", "Started", 3), .. Report("cccccccc", "Compare", ReportKind.Comparison), Phase("cccccccc", "compare", "Succeeded", 3),
    ];

    static readonly int LastPhase = Array.FindLastIndex(Whole, line => line.Contains("Succeeded", StringComparison.Ordinal));

    [Fact]
    public void Phases_and_reports_are_found_after_any_prefix()
    {
        var run = Assert.Single(MoveLog.Read([.. Whole.Select(line => $"[pod/x/copy] 2026-11-30T10:00:00Z {line}\r"), "noise", "LangSmithPg.Move/1 dddddddd {broken}"]));

        Assert.Equal((DatabasePurpose.LangSmith, true, "moved"), (run.Purpose, run.IsMoved, run.Verdict));
        Assert.Equal((ReportKind.Move, ReportKind.Comparison, true), (run.Check!.Kind, run.Comparison!.Kind, run.Comparison.IsReady));
        Assert.Equal(["check Succeeded", "copy Succeeded: a \"b\"", "compare Succeeded"], run.Steps.Select(step => $"{step}"));
        Assert.Equal((TimeSpan.FromSeconds(70), 5L, DateTimeKind.Utc), (run.Steps[1].Elapsed, run.Steps[1].Bytes, run.Steps[1].Started!.Value.Kind));
        Assert.Null(run.Problem);
        Assert.Equal(["Move.Time Pass", "Move.Copy Pass"], run.ToReports().First().Findings.Select(finding => $"{finding.Id} {finding.Status}"));
        Assert.Equal(2, run.ToReports().Count());
    }

    [Fact]
    public void A_log_without_its_end_proves_nothing()
    {
        var run = Assert.Single(MoveLog.Read(Whole[..LastPhase]));
        Assert.Equal((false, "not known"), (run.IsMoved, run.Verdict));
        Assert.Equal("Started", run.Steps[^1].Status);
        Assert.NotNull(run.Comparison);
        Assert.Equal(FindingStatus.Unknown, run.ToReports().First().Findings[^1].Status);
        Assert.Null(Assert.Single(MoveLog.Read(Whole.Where((_, index) => index != 1))).Check);

        // Phases that say so are no proof without the comparison itself.
        var without = Assert.Single(MoveLog.Read(Whole.Where(line => !line.Contains("Compare 1/", StringComparison.Ordinal))));
        Assert.Equal((false, null), (without.IsMoved, without.Comparison));
        Assert.Equal("LangSmith", Assert.Single(Assert.Single(MoveLog.Read([Phase("eeeeeeee", "copy", "Failed", 4)])).ToReports()).Target);
    }

    [Fact]
    public void The_last_attempt_counts_and_the_order_of_lines_does_not()
    {
        string[] lines = [Phase("eeeeeeee", "copy", "Failed", 4), .. Whole, Phase("eeeeeeee", "copy", "Started", 4)];
        Assert.Equal("Failed", Assert.Single(MoveLog.Read(lines)).Problem?.Status);
        Assert.Equal("Failed", Assert.Single(MoveLog.Read([.. Whole, .. lines])).Problem?.Status);
        Assert.Null(Assert.Single(MoveLog.Read([Phase("eeeeeeee", "copy", "Failed", 1), .. Whole])).Problem);
    }

    static IEnumerable<string> Report(string run, string step, ReportKind kind)
    {
        ReadinessReport report = new()
        {
            Target = "db.example.com:5432/langsmith",
            Kind = kind,
            Findings = [new() { Id = "Move.Time", Status = FindingStatus.Pass, Target = "db.example.com:5432/langsmith", Message = "It is fine." }],
        };
        // As move.ps1 does: the lines of the file are joined, and cut into pieces.
        var pieces = string.Concat(JsonReport.Write(new("LangSmith move", new(2026, 11, 30, 0, 0, 0, TimeSpan.Zero), "0.1.0", [report])).Split('\n').Select(line => line.Trim())).Chunk(300).ToList();
        return pieces.Select((piece, index) => $"LangSmithPg.Move/1 {run} LangSmith {step} {index + 1}/{pieces.Count} {new string(piece)}");
    }

    static string Phase(string run, string name, string status, int minute, string more = "") =>
        $"LangSmithPg.Move/1 {run} {{\"purpose\":\"LangSmith\",\"phase\":\"{name}\",\"status\":\"{status}\",\"started\":\"2026-11-30T10:0{minute}:00Z\"{more}}}";
}
