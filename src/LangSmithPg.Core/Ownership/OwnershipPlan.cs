namespace LangSmithPg.Ownership;

/// <summary>What it takes to hand over everything that one role owns for LangSmith. Made by looking alone.</summary>
public sealed record OwnershipPlan
{
    /// <summary>The server and database, without secrets.</summary>
    public required string Target { get; init; }

    /// <summary>The role that owns.</summary>
    public required string From { get; init; }

    /// <summary>The role that is to own.</summary>
    public required string To { get; init; }

    /// <summary>Who looked, and would do it.</summary>
    public required string Caller { get; init; }

    /// <summary>The schema that LangSmith uses.</summary>
    public required string Schema { get; init; }

    /// <summary>What changes hands. The sequences of a table's columns follow the table.</summary>
    public required IReadOnlyList<OwnedObject> Objects { get; init => field = value.ToArray(); }

    /// <summary>The statements, in their order.</summary>
    public required IReadOnlyList<OwnershipStep> Steps { get; init => field = value.ToArray(); }

    /// <summary>Most statements in one transaction, or null for all in one.</summary>
    public int? BatchSize { get; init; }

    /// <summary>What keeps it from being done; empty when it can be.</summary>
    public IReadOnlyList<OwnershipProblem> Problems { get; init => field = value.ToArray(); } = [];

    /// <summary>What to know: what stays behind, and why.</summary>
    public IReadOnlyList<string> Remarks { get; init => field = value.ToArray(); } = [];

    /// <summary>How many locks one transaction may take: four fifths of what the server has room for, as others need some too.</summary>
    public required int LockLimit { get; init; }

    /// <summary>The objects counted by kind.</summary>
    public IReadOnlyList<OwnedObjectKind> Kinds =>
        Objects.GroupBy(one => one.Kind)
            .Select(kind => new OwnedObjectKind(kind.Key, kind.Count(), kind.Sum(one => one.Bytes), kind.First().Lock)).ToArray();

    /// <summary>About how large everything is; no byte of it is rewritten.</summary>
    public long Bytes => Objects.Sum(one => one.Bytes);

    /// <summary>How many locks the largest transaction takes.</summary>
    public int Locks => Batches.Select(batch => batch.Sum(step => step.Locks)).DefaultIfEmpty().Max();

    /// <summary>
    /// Whether whoever runs it, having created the new owner, grants itself membership in it with the first statement, and revokes that with
    /// the last.
    /// </summary>
    public bool GrantsMembership { get; init; }

    /// <summary>Whether everything is done already.</summary>
    public bool IsEmpty => Steps.Count == 0;

    /// <summary>The statements of each transaction.</summary>
    public IEnumerable<IReadOnlyList<OwnershipStep>> Batches => BatchSize is { } size ? Steps.Chunk(size) : Steps.Count == 0 ? [] : new[] { Steps };
}

/// <summary>A statement of a transfer.</summary>
/// <param name="Statement">The statement, without its semicolon.</param>
/// <param name="Locks">How many locks it takes until its transaction ends.</param>
public sealed record OwnershipStep(string Statement, int Locks);
