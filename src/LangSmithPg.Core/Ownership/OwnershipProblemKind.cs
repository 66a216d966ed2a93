namespace LangSmithPg.Ownership;

/// <summary>Why ownership cannot change hands. The name is the stable id of the error.</summary>
public enum OwnershipProblemKind
{
    /// <summary>There is no role of that name.</summary>
    RoleMissing,

    /// <summary>Both names are those of one role.</summary>
    SameRole,

    /// <summary>The role belongs to the server or the cloud itself.</summary>
    SystemRole,

    /// <summary>Whoever is logged in lacks the privileges of the old owner.</summary>
    NotOldOwner,

    /// <summary>Whoever is logged in may not take the new owner's place.</summary>
    NotNewOwner,

    /// <summary>The new owner may not create in a schema.</summary>
    SchemaClosed,

    /// <summary>Whoever is logged in may not create schemas in the database, as giving one away needs.</summary>
    DatabaseClosed,

    /// <summary>The server has no room for so many locks in one transaction.</summary>
    TooManyLocks,
}
