namespace LangSmithPg.Ownership;

/// <summary>Something that keeps ownership from changing hands.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Message">One sentence that says it.</param>
/// <param name="Fix">What to do: statements where there are any.</param>
public sealed record OwnershipProblem(OwnershipProblemKind Kind, string Message, string Fix)
{
    /// <inheritdoc/>
    public override string ToString() => Message;
}
