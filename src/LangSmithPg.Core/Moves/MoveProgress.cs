namespace LangSmithPg.Moves;

/// <summary>How far a copy is.</summary>
/// <param name="Phase">What is done now.</param>
/// <param name="Table">The table that was begun last, or null.</param>
/// <param name="Done">How many tables were begun.</param>
/// <param name="Total">How many there are.</param>
sealed record MoveProgress(string Phase, string? Table, long Done, long Total);
