namespace LangSmithPg.Ownership;

/// <summary>A statement of a transfer.</summary>
/// <param name="Statement">The statement, without its semicolon.</param>
/// <param name="Locks">How many locks it takes until its transaction ends.</param>
public sealed record OwnershipStep(string Statement, int Locks);
