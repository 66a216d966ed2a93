namespace LangSmithPg.Moves;

/// <summary>A database was not copied.</summary>
/// <param name="kind">Why.</param>
/// <param name="message">What happened, without secrets.</param>
/// <param name="fix">What to do.</param>
sealed class MoveException(MoveProblemKind kind, string message, string fix) : Exception(message)
{
    /// <summary>Why.</summary>
    public MoveProblemKind Kind { get; } = kind;

    /// <summary>What to do.</summary>
    public string Fix { get; } = fix;

    /// <summary>The same, with what became of the target.</summary>
    /// <param name="outcome">What became of it.</param>
    /// <param name="advice">What to do about that, or null.</param>
    public MoveException After(string outcome, string? advice) => new(Kind, $"{Message} {outcome}", advice is null ? Fix : $"{advice} {Fix}");
}
