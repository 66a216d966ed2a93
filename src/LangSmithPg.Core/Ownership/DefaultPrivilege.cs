using LangSmithPg.Sql;

namespace LangSmithPg.Ownership;

/// <summary>
/// A privilege that what the old owner creates is born with, and that what the new one creates is to be born with too.
/// </summary>
/// <param name="Schema">The schema in which it holds, or null for all.</param>
/// <param name="ObjectType">What it is on, as <c>pg_default_acl</c> writes it: <c>r</c>, <c>S</c>, <c>f</c>, <c>T</c>, <c>n</c> or <c>L</c>.</param>
/// <param name="Privilege">The privilege, such as <c>SELECT</c>.</param>
/// <param name="Grantee">Who gets it, or null for everybody.</param>
/// <param name="Grantable">Whether they may pass it on.</param>
/// <param name="Revoked">Whether it is one that PostgreSQL gives by itself and that is taken away.</param>
sealed record DefaultPrivilege(string? Schema, string ObjectType, string Privilege, string? Grantee, bool Grantable, bool Revoked)
{
    /// <summary>The statement that gives it to what a role creates.</summary>
    /// <param name="role">The role.</param>
    public string Statement(string role)
    {
        var schema = Schema is null ? "" : $" IN SCHEMA {SqlIdentifier.Quote(Schema)}";
        var grantee = Grantee is null ? "PUBLIC" : SqlIdentifier.Quote(Grantee);
        var action = Revoked
            ? $"REVOKE {Privilege} ON {Objects} FROM {grantee}"
            : $"GRANT {Privilege} ON {Objects} TO {grantee}{(Grantable ? " WITH GRANT OPTION" : "")}";
        return $"ALTER DEFAULT PRIVILEGES FOR ROLE {SqlIdentifier.Quote(role)}{schema} {action}";
    }

    string Objects => ObjectType switch
    {
        "r" => "TABLES",
        "S" => "SEQUENCES",
        "f" => "FUNCTIONS",
        "T" => "TYPES",
        "n" => "SCHEMAS",
        _ => "LARGE OBJECTS",
    };
}
