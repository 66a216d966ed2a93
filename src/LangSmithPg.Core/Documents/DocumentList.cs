namespace LangSmithPg.Documents;

/// <summary>Several pieces, in order.</summary>
/// <param name="Items">The pieces.</param>
sealed record DocumentList(IReadOnlyList<DocumentNode> Items) : DocumentNode;
