namespace LangSmithPg.Moves.Job;

/// <summary>A phase of a move as its pod logged it.</summary>
public sealed record MoveStep
{
    /// <summary>Its name, such as <c>dump</c>.</summary>
    public required string Name { get; init; }

    /// <summary>How it ended: Succeeded, Skipped, Warning, Failed or Stopped; Started where the log has no end of it.</summary>
    public required string Status { get; init; }

    /// <summary>When it began, in UTC; null where the log does not tell.</summary>
    public DateTime? Started { get; init; }

    /// <summary>How long it took, in whole seconds; null where it did not end.</summary>
    public TimeSpan? Elapsed { get; init; }

    /// <summary>How many bytes it was about; null where it was about none.</summary>
    public long? Bytes { get; init; }

    /// <summary>What it said of its end; empty where it said nothing.</summary>
    public string Message { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() => Message.Length == 0 ? $"{Name} {Status}" : $"{Name} {Status}: {Message}";
}
