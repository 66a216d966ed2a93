
namespace LangSmithPg.Servers;

/// <summary>The role that was logged in as.</summary>
/// <param name="Name">The role whose privileges count (<c>current_user</c>).</param>
/// <param name="SessionUser">The role that logged in; another one where a setting switches the role.</param>
/// <param name="IsSuperuser">Whether it is a superuser.</param>
/// <param name="CanCreateRole">Whether it may create roles.</param>
/// <param name="CanCreateDatabase">Whether it may create databases.</param>
/// <param name="ConnectionLimit">Most connections at a time; -1 for no limit of its own.</param>
/// <param name="Connections">Connections at present.</param>
/// <param name="ValidUntil">When its password ends, or null for never.</param>
/// <param name="EntraLabel">The security label by which Azure ties it to an Entra identity, or null.</param>
/// <param name="MemberOf">The clouds' own roles that it is a member of.</param>
public sealed record RoleFacts(
    string Name, string SessionUser, bool IsSuperuser, bool CanCreateRole, bool CanCreateDatabase, int ConnectionLimit, int Connections,
    DateTimeOffset? ValidUntil, string? EntraLabel, IReadOnlyList<string> MemberOf)
{
    /// <summary>Whether it is the admin of a cloud's server: the clouds let it do much of what PostgreSQL keeps for superusers.</summary>
    public bool IsCloudAdmin => MemberOf.Any(role => role is "rds_superuser" or "cloudsqlsuperuser" or "alloydbsuperuser" or "azure_pg_admin");
}
