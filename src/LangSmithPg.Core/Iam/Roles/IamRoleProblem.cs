using LangSmithPg.Common;

namespace LangSmithPg.Iam.Roles;

/// <summary>Something that keeps an identity from getting its role.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Message">One sentence that says it.</param>
/// <param name="Fix">What to do.</param>
sealed record IamRoleProblem(IamRoleProblemKind Kind, string Message, Remedy Fix)
{
    /// <summary>One sentence that says it.</summary>
    public string Message { get; init; } = VisibleText.Of(Message);

    /// <inheritdoc/>
    public override string ToString() => Message;
}
