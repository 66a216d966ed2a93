using LangSmithPg.Connections;
using LangSmithPg.Findings;
using LangSmithPg.Moves;
using LangSmithPg.Postgres.Servers;

namespace LangSmithPg.Postgres.Moves;

/// <summary>What is to be copied, and how.</summary>
/// <param name="Source">The look at the source.</param>
/// <param name="SourceOptions">How to connect to it.</param>
/// <param name="Target">The look at the target.</param>
/// <param name="TargetOptions">How to connect to it.</param>
sealed record CopyRequest(MoveLook Source, SessionOptions SourceOptions, MoveLook Target, SessionOptions TargetOptions)
{
    /// <summary>How long the check of both sides took.</summary>
    public TimeSpan CheckTime { get; init; }

    /// <summary>What the check found that is not as it should be.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>The folder of pg_dump and pg_restore, or null to look for them.</summary>
    public string? ToolFolder { get; init; }

    /// <summary>Full path of the folder for the dump, which stays; or null for a temporary one.</summary>
    public string? WorkPath { get; init; }

    /// <summary>How many tables are dumped and restored at a time.</summary>
    public required int Jobs { get; init; }

    /// <summary>Whether what a failed restore leaves behind is kept.</summary>
    public bool KeepsPartial { get; init; }

    /// <summary>Whether to dump into a folder that has probably not enough space.</summary>
    public bool Force { get; init; }

    /// <summary>Told how far it is. Called on any thread.</summary>
    public Action<MoveProgress> OnProgress { get; init; } = static _ => { };

    /// <summary>Told what the admin should know. Called on any thread.</summary>
    public Action<string> OnWarning { get; init; } = static _ => { };

    // To the hosts that were checked: another one of the connection may be another server.
    public PgConnectionString SourceConnection => Source.Observation.Connection.WithHost(Source.Observation.Host);

    public PgConnectionString TargetConnection => Target.Observation.Connection.WithHost(Target.Observation.Host);

    public MoveSide SourceSide => new(SourceConnection, Source.Observation.Facts!, Source.Facts!);

    public MoveSide TargetSide => new(TargetConnection, Target.Observation.Facts!, Target.Facts!);
}
