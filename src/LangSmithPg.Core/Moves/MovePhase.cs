namespace LangSmithPg.Moves;

/// <summary>A part of the copy of a database.</summary>
/// <param name="Name">Its name: Check, Dump, Restore or Analyze.</param>
/// <param name="Elapsed">How long it took; zero where it was not needed.</param>
public sealed record MovePhase(string Name, TimeSpan Elapsed)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Elapsed:hh\\:mm\\:ss}";
}
