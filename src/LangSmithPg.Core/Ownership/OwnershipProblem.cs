using LangSmithPg.Common;

namespace LangSmithPg.Ownership;

/// <summary>Something that keeps ownership from changing hands.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Message">One sentence that says it.</param>
/// <param name="Fix">What to do: statements where there are any.</param>
public sealed record OwnershipProblem(OwnershipProblemKind Kind, string Message, Remedy Fix)
{
    /// <summary>One sentence that says it.</summary>
    public string Message { get; init; } = VisibleText.Of(Message);

    /// <summary>Whether it can be mended before a script of the plan is run, or the script be run by somebody for whom there is none.</summary>
    public bool IsSolvedElsewhere => Kind is not (OwnershipProblemKind.RoleMissing or OwnershipProblemKind.SameRole or OwnershipProblemKind.SystemRole);

    /// <inheritdoc/>
    public override string ToString() => Message;
}
