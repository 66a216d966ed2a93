namespace LangSmithPg.Ownership;

/// <summary>What a server says of two roles and of what the first of them owns.</summary>
/// <param name="From">The role that owns, or null when there is none of that name.</param>
/// <param name="To">The role that is to own, or null when there is none of that name.</param>
/// <param name="Objects">What the first role owns in this database and what changes hands by itself; what follows another object is left out.</param>
/// <param name="DefaultPrivileges">What is set for what the first role will create, and not yet for the second.</param>
/// <param name="SharedObjects">What the first role owns of the whole server besides this database, as the server describes it.</param>
/// <param name="OwnsDatabase">Whether the first role owns this database.</param>
/// <param name="OtherDatabases">Other databases in which it owns something.</param>
/// <param name="ClosedSchemas">Schemas with objects of the first role in which the second may not create.</param>
/// <param name="MaxLocksPerTransaction">The setting <c>max_locks_per_transaction</c>.</param>
/// <param name="MaxTransactions"><c>max_connections</c> and <c>max_prepared_transactions</c> together.</param>
sealed record OwnershipFacts(
    OwnershipRole? From,
    OwnershipRole? To,
    IReadOnlyList<OwnedObject> Objects,
    IReadOnlyList<DefaultPrivilege> DefaultPrivileges,
    IReadOnlyList<string> SharedObjects,
    bool OwnsDatabase,
    IReadOnlyList<string> OtherDatabases,
    IReadOnlyList<ClosedSchema> ClosedSchemas,
    int MaxLocksPerTransaction,
    int MaxTransactions);
