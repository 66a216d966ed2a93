namespace LangSmithPg.Health;

/// <summary>LangSmith's own counts of traces, which it reports to LangChain.</summary>
/// <param name="IsReadable">Whether the role may read the table; null where there is none.</param>
/// <param name="IsCheap">Whether it is small, or has an index by which to look; null where there is no table.</param>
sealed record TraceFacts(bool? IsReadable, bool? IsCheap)
{
    /// <summary>From how many rows on nobody counts.</summary>
    public const int MostCounted = 1000;

    /// <summary>How many rows could not be reported, at most <see cref="MostCounted"/>; null where nobody has looked.</summary>
    public int? Failed { get; init; }
}
