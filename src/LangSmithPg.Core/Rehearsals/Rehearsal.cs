using LangSmithPg.Ownership;
using LangSmithPg.Servers;

namespace LangSmithPg.Rehearsals;

/// <summary>What came of doing what LangSmith's migrations do, in a transaction that was rolled back.</summary>
/// <param name="Steps">The steps in their order; none where the server does not accept writes.</param>
/// <param name="Ownership">Tables of each owner in LangSmith's schema that were altered to no effect; null where it did not come to that.</param>
/// <param name="OwnershipError">Why it did not come to that, or null.</param>
sealed record Rehearsal(IReadOnlyList<RehearsalStep> Steps, IReadOnlyList<OwnershipProbe>? Ownership, ServerError? OwnershipError = null)
{
    /// <summary>One that was not run.</summary>
    public static Rehearsal NotRun { get; } = new([], Ownership: null);
}
