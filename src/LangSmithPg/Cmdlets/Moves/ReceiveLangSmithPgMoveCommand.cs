using System.Management.Automation;
using LangSmithPg.Cmdlets.Preflight;
using LangSmithPg.Errors;
using LangSmithPg.Moves;
using LangSmithPg.Moves.Job;

namespace LangSmithPg.Cmdlets.Moves;

/// <summary>Takes what a move job did and found out of the log of its pods. It asks no cluster.</summary>
[Cmdlet(VerbsCommunications.Receive, "LangSmithPgMove", DefaultParameterSetName = LogSet)]
[OutputType(typeof(MoveRun))]
public sealed class ReceiveLangSmithPgMoveCommand : LogCmdlet
{
    private protected override void Receive(IReadOnlyList<string> lines)
    {
        var runs = MoveLog.Read(lines);
        if (runs.Count == 0)
        {
            WriteError(new MoveException(
                MoveProblemKind.NoMoveResult, $"This log ({lines.Count} line{(lines.Count == 1 ? "" : "s")}) does not contain a result of a move.",
                "Wait until the job is complete. If its pod does not start, run kubectl describe pod to see the reason, such as an image or a volume that is not available.").ToErrorRecord(target: null));
        }

        foreach (var run in runs)
        {
            WriteObject(run);
        }
    }
}
