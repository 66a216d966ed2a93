namespace LangSmithPg.Documents;

/// <summary>Names and what they stand for, in order.</summary>
/// <param name="Entries">The entries; no name comes twice.</param>
public sealed record DocumentMap(IReadOnlyList<KeyValuePair<string, DocumentNode>> Entries) : DocumentNode;
