using LangSmithPg.Findings;

namespace LangSmithPg.Moves;

/// <summary>A database that was copied to another server.</summary>
public sealed record DatabaseCopy
{
    /// <summary>The server and database that it was copied to, without secrets.</summary>
    public required string Target { get; init; }

    /// <summary>The server and database that it was copied from, without secrets.</summary>
    public required string Source { get; init; }

    /// <summary>The parts of the copy, in their order.</summary>
    public required IReadOnlyList<MovePhase> Phases { get; init => field = value.ToArray(); }

    /// <summary>The size of the source in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>The size of the dump in bytes, compressed.</summary>
    public required long DumpBytes { get; init; }

    /// <summary>The number of tables of the source.</summary>
    public required long Tables { get; init; }

    /// <summary>When the dump was begun: what was written to the source later is not in the target.</summary>
    public required DateTimeOffset DumpTime { get; init; }

    /// <summary>The extensions that were created in the target.</summary>
    public required IReadOnlyList<string> Extensions { get; init => field = value.ToArray(); }

    /// <summary>The version of pg_dump and pg_restore.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>What the check found that is not as it should be.</summary>
    public required IReadOnlyList<Finding> Findings { get; init => field = value.ToArray(); }

    /// <summary>How long everything took.</summary>
    public TimeSpan Elapsed => Phases.Aggregate(TimeSpan.Zero, (sum, phase) => sum + phase.Elapsed);

    /// <inheritdoc/>
    public override string ToString() => $"{Source} copied to {Target}";
}
