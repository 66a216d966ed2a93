using LangSmithPg.Connections;

namespace LangSmithPg.Moves.Job;

/// <summary>What a log has of the move of one database.</summary>
sealed record MoveRun
{
    /// <summary>What the database is for.</summary>
    public required DatabasePurpose Purpose { get; init; }

    /// <summary>The phases in the order in which they began.</summary>
    public required IReadOnlyList<MoveStep> Steps { get; init; }

    /// <summary>The report of the check as JSON; null where the log does not have it whole.</summary>
    public string? Check { get; init; }

    /// <summary>The report of the comparison as JSON; null where the log does not have it whole.</summary>
    public string? Comparison { get; init; }

    /// <summary>Whether the copy is proven to be the same: nothing less is known of a log that lacks its end.</summary>
    public bool IsMoved => Steps.All(step => step.Status is "Succeeded" or "Skipped" or "Warning") && Steps.Any(step => step is { Name: "copy", Status: "Succeeded" }) && Steps.Any(step => step is { Name: "compare", Status: "Succeeded" });

    /// <summary>What failed first; null where nothing did.</summary>
    public MoveStep? Problem => Steps.FirstOrDefault(step => step.Status is "Failed" or "Stopped");
}
