using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Findings;
using LangSmithPg.Readiness;

namespace LangSmithPg.Moves.Job;

/// <summary>What a log has of the move of one database.</summary>
public sealed record MoveRun
{
    const string FindingId = "Move.Copy";

    /// <summary>What the database is for.</summary>
    public required DatabasePurpose Purpose { get; init; }

    /// <summary>The phases in the order in which they began.</summary>
    public required IReadOnlyList<MoveStep> Steps { get; init => field = value.ToArray(); }

    /// <summary>The check of both sides; null where the log does not have it whole.</summary>
    public ReadinessReport? Check { get; init; }

    /// <summary>The comparison of both sides; null where the log does not have it whole.</summary>
    public ReadinessReport? Comparison { get; init; }

    /// <summary>Whether the copy is proven to be the same as the source. A log that lacks its end proves nothing.</summary>
    public bool IsMoved => Problem is null && Steps.All(step => step.Status != "Started") && HasSucceeded("copy") && HasSucceeded("compare") && Comparison is { IsReady: true };

    /// <summary>The phase that failed first; null where none did.</summary>
    public MoveStep? Problem => Steps.FirstOrDefault(step => step.Status is not ("Started" or "Succeeded" or "Skipped" or "Warning"));

    /// <summary>The verdict in a few words: <c>moved</c>, <c>not moved: dump</c>, or <c>not known</c>.</summary>
    public string Verdict => IsMoved ? "moved" : Problem is { } problem ? $"not moved: {problem.Name}" : "not known";

    /// <summary>The size of the source in bytes; null where the log does not tell.</summary>
    public long? Bytes => Steps.LastOrDefault(step => step.Name is "copy" or "versions" && step.Bytes is not null)?.Bytes;

    /// <summary>How long all phases took.</summary>
    public TimeSpan Elapsed => Steps.Aggregate(TimeSpan.Zero, (sum, step) => sum + (step.Elapsed ?? TimeSpan.Zero));

    /// <summary>The check with what became of the copy, and the comparison, as reports.</summary>
    internal IEnumerable<ReadinessReport> ToReports()
    {
        // Without the check, there is no name of the target.
        var check = Check ?? new() { Target = $"{Purpose}", Kind = ReportKind.Move, Purpose = Purpose, Findings = [] };
        yield return check.WithFindings([.. check.Findings, Copy(check.Target)]);
        if (Comparison is not null)
        {
            yield return Comparison;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Purpose}: {Verdict}";

    bool HasSucceeded(string name) => Steps.Any(step => step.Name == name && step.Status == "Succeeded");

    Finding Copy(string target) => new()
    {
        Id = FindingId,
        Status = IsMoved ? FindingStatus.Pass : Problem is null ? FindingStatus.Unknown : FindingStatus.Fail,
        Target = target,
        Message = IsMoved ? $"The database was copied{(Bytes is { } bytes ? $" ({ByteSize.Text(bytes)})" : "")}, and the copy is the same as the source."
            : Problem is { } problem ? $"The database was not moved: {problem}"
            : "The log does not show the end of the move.",
        Why = IsMoved ? null : "Only a target that was compared with the source is known to have all of its data.",
        Fix = IsMoved ? null
            : Problem is null ? "After the job is complete, read the logs of all containers: kubectl logs --all-containers --tail=-1."
            : "Correct what the message says, delete the job, and apply its manifest again.",
        Source = DatabaseRequirements.Of(Purpose).Documentation,
    };
}
