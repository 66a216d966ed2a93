namespace LangSmithPg.Moves.Job;

/// <summary>A workload that uses a database which is moved: it is stopped before, and started after.</summary>
public sealed record MoveWorkload
{
    /// <summary>Its place in the values, such as <c>fleet.queue</c>.</summary>
    public required string Component { get; init; }

    /// <summary>Its kind and name for kubectl, such as <c>deployment/langsmith-backend</c>.</summary>
    public required string Resource { get; init; }

    /// <summary>The number of pods that it starts with: that of the values, or the minimum of its autoscaler.</summary>
    public required int Replicas { get; init; }

    /// <summary>Whether KEDA scales it, and has to be told to pause.</summary>
    public bool IsScaledByKeda { get; init; }

    /// <summary>Its name.</summary>
    internal string Name => Resource[(Resource.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <inheritdoc/>
    public override string ToString() => Resource;
}
