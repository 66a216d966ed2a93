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

/// <summary>A role, and what whoever looks may do with it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsBuiltIn">Whether it came with the server, as the first superuser and the <c>pg_</c> roles did.</param>
/// <param name="IsAdmin">Whether it is a superuser, or a member of what the clouds have in place of one.</param>
/// <param name="CanUse">Whether whoever looks has its privileges, by being it or inheriting them.</param>
/// <param name="CanSet">Whether whoever looks may take its place: <c>SET ROLE</c>.</param>
/// <param name="CanAdmin">Whether whoever looks may grant it, as whoever created it may from PostgreSQL 16 on.</param>
/// <param name="IsRdsIam">Whether it is a member of <c>rds_iam</c>, through whatever chain.</param>
sealed record OwnershipRole(string Name, bool IsBuiltIn, bool IsAdmin, bool CanUse, bool CanSet, bool CanAdmin, bool IsRdsIam);

/// <summary>A schema in which a role may not create.</summary>
/// <param name="Name">Its name.</param>
/// <param name="FollowsDatabase">Whether it belongs to whoever owns the database, as <c>public</c> does since PostgreSQL 15.</param>
sealed record ClosedSchema(string Name, bool FollowsDatabase);
