using LangSmithPg.Common;
using LangSmithPg.Findings;

namespace LangSmithPg.Reports.Comparison;

/// <summary>What became of one finding, or of a whole database, between two reports.</summary>
public sealed record ReportChange
{
    /// <summary>The server and database, without secrets.</summary>
    public required string Target { get; init; }

    /// <summary>The role that logged in.</summary>
    public string? UserName { get; init; }

    /// <summary>The schema that LangSmith uses.</summary>
    public string? Schema { get; init; }

    /// <summary>Id of the finding; null for a database that only one of the reports has.</summary>
    public string? Id { get; init; }

    /// <summary>How it changed.</summary>
    public required ChangeKind Change { get; init; }

    /// <summary>Its status in the earlier report, or null where that does not have it.</summary>
    public FindingStatus? OldStatus { get; init; }

    /// <summary>Its status in the later report, or null where that does not have it.</summary>
    public FindingStatus? NewStatus { get; init; }

    /// <summary>Its message in the earlier report; of a database, its verdict.</summary>
    public string? OldMessage { get; init; }

    /// <summary>Its message in the later report; of a database, its verdict.</summary>
    public string? NewMessage { get; init; }

    /// <summary>Whether the finding was accepted in the earlier report.</summary>
    public bool WasAccepted { get; init; }

    /// <summary>Why the finding is accepted in the later report, and until when; null where it is not. It is in none of the counts.</summary>
    public Acceptance? Accepted { get; init; }

    /// <summary>Why it could not be compared; null where it was.</summary>
    public string? Reason { get; init; }

    /// <summary>Id of the finding of the same database that causes this one, and that changed in the same way.</summary>
    public string? CausedBy { get; init; }

    /// <summary>What to do about it, from the later report.</summary>
    public Remedy? Fix { get; init; }

    // What passed, or does not apply, needs no attention for being in one report only.
    internal bool NeedsAttention => Change switch
    {
        ChangeKind.Unchanged => false,
        ChangeKind.Worse or ChangeKind.Better => true,
        _ => Id is null || (NewStatus ?? OldStatus) > FindingStatus.Pass,
    };

    /// <inheritdoc/>
    public override string ToString() => $"{Change} {Id ?? "database"}: {NewMessage ?? OldMessage}";
}
