using LangSmithPg.Common;

namespace LangSmithPg.Initialization;

/// <summary>Something that keeps a database from being set up.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Message">One sentence that says it.</param>
/// <param name="Fix">What to do.</param>
sealed record InitializationProblem(InitializationProblemKind Kind, string Message, Remedy Fix)
{
    /// <summary>One sentence that says it.</summary>
    public string Message { get; init; } = VisibleText.Of(Message);

    /// <inheritdoc/>
    public override string ToString() => Message;
}
