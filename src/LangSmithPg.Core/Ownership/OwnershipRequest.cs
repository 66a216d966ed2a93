namespace LangSmithPg.Ownership;

/// <summary>What is to change hands.</summary>
/// <param name="From">The role that owns.</param>
/// <param name="To">The role that is to own.</param>
sealed record OwnershipRequest(string From, string To)
{
    /// <summary>Whether objects in other schemas than LangSmith's move too.</summary>
    public bool AllSchemas { get; init; }

    /// <summary>Most statements in one transaction, or null for all in one.</summary>
    public int? BatchSize { get; init; }
}
