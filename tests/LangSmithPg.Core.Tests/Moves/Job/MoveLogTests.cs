using LangSmithPg.Connections;
using LangSmithPg.Moves.Job;

namespace LangSmithPg.Core.Tests.Moves.Job;

/// <summary>The log of a move among other text.</summary>
public sealed class MoveLogTests
{
    static readonly string[] Whole =
    [
        Phase("aaaaaaaa", "check", "Started", 1), "LangSmithPg.Move/1 aaaaaaaa LangSmith Check 1/2 {\"a\":", "LangSmithPg.Move/1 aaaaaaaa LangSmith Check 2/2 1}",
        Phase("aaaaaaaa", "check", "Succeeded", 1), Phase("bbbbbbbb", "copy", "Started", 2), Phase("bbbbbbbb", "copy", "Succeeded", 2, ",\"seconds\":70,\"bytes\":5,\"message\":\"a \\\"b\\\"\""),
        Phase("cccccccc", "compare", "Started", 3), Phase("cccccccc", "compare", "Succeeded", 3), "LangSmithPg.Move/1 cccccccc LangSmith Compare 1/1 {}",
    ];

    [Fact]
    public void Phases_and_reports_are_found_after_any_prefix()
    {
        var run = Assert.Single(MoveLog.Read([.. Whole.Select(line => $"[pod/x/copy] 2026-11-30T10:00:00Z {line}\r"), "noise", "LangSmithPg.Move/1 dddddddd {broken}"]));

        Assert.Equal((DatabasePurpose.LangSmith, true, "{\"a\":1}", "{}"), (run.Purpose, run.IsMoved, run.Check, run.Comparison));
        Assert.Equal(["check Succeeded", "copy Succeeded: a \"b\"", "compare Succeeded"], run.Steps.Select(step => $"{step}"));
        Assert.Equal((TimeSpan.FromSeconds(70), 5L), (run.Steps[1].Elapsed, run.Steps[1].Bytes));
        Assert.Null(run.Problem);
    }

    [Fact]
    public void A_log_without_its_end_proves_nothing()
    {
        var run = Assert.Single(MoveLog.Read(Whole[..7]));
        Assert.False(run.IsMoved);
        Assert.Equal("Started", run.Steps[^1].Status);
        Assert.Null(run.Comparison);
        Assert.Null(Assert.Single(MoveLog.Read(Whole.Where((_, index) => index != 1))).Check);
    }

    [Fact]
    public void The_last_attempt_counts_and_the_order_of_lines_does_not()
    {
        string[] lines = [Phase("eeeeeeee", "copy", "Failed", 4), .. Whole, Phase("eeeeeeee", "copy", "Started", 4)];
        Assert.Equal("Failed", Assert.Single(MoveLog.Read(lines)).Problem?.Status);
        Assert.Equal("Failed", Assert.Single(MoveLog.Read([.. Whole, .. lines])).Problem?.Status);
        Assert.Null(Assert.Single(MoveLog.Read([Phase("eeeeeeee", "copy", "Failed", 1), .. Whole])).Problem);
    }

    static string Phase(string run, string name, string status, int minute, string more = "") =>
        $"LangSmithPg.Move/1 {run} {{\"purpose\":\"LangSmith\",\"phase\":\"{name}\",\"status\":\"{status}\",\"started\":\"2026-11-30T10:0{minute}:00Z\"{more}}}";
}
