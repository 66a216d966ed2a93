using LangSmithPg.Connections;
using LangSmithPg.Findings;
using LangSmithPg.Iam.Roles;

namespace LangSmithPg.Initialization;

/// <summary>A database and a role that LangSmith is to have.</summary>
/// <param name="Database">Name of the database.</param>
/// <param name="RoleName">Name of the role that owns it.</param>
/// <param name="Schema">The schema that LangSmith uses.</param>
sealed record InitializationRequest(string Database, string RoleName, string Schema)
{
    /// <summary>What LangSmith uses the database for.</summary>
    public DatabasePurpose Purpose { get; init; } = DatabasePurpose.LangSmith;

    /// <summary>The extensions that it needs.</summary>
    public IReadOnlyList<string> Extensions => DatabaseRequirements.Of(Purpose).Extensions;

    /// <summary>The cloud's identity that the role is; null for a role with a password.</summary>
    public IamRoleRequest? Identity { get; init; }

    /// <summary>
    /// Whether the role is to own the database. Roles that the cloud itself creates are not, as an administrator may not become a member of
    /// them from PostgreSQL 16 on, and does not need to be: they are granted what LangSmith needs.
    /// </summary>
    public bool OwnsDatabase => Identity is null or { Provider: IamAuthProvider.Aws };

    /// <summary>Whether a role that exists already gets the password too.</summary>
    public bool ReplacesPassword { get; init; }
}
