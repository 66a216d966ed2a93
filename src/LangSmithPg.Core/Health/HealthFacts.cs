namespace LangSmithPg.Health;

/// <summary>What the health of a server and its database shows in, beyond the facts of the server.</summary>
/// <param name="Activity">What goes on in the server.</param>
/// <param name="Objects">What the database stores.</param>
/// <param name="Sequences">How far the sequences are.</param>
/// <param name="Traces">LangSmith's own counts of traces.</param>
sealed record HealthFacts(
    HealthPart<ActivityFacts> Activity, HealthPart<ObjectFacts> Objects, HealthPart<SequenceFacts> Sequences, HealthPart<TraceFacts> Traces)
{
    /// <summary>The size of the database, or null where the server did not tell it in time: it looks at each file.</summary>
    public long? DatabaseBytes { get; init; }
}
