using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Sql;

namespace LangSmithPg.Readiness.Rules;

/// <summary>Whether the role that LangSmith logs in as is one for an application, and how the server keeps passwords.</summary>
sealed class AccountRule : IReadinessRule
{
    public IEnumerable<Finding> Evaluate(ReadinessInput input)
    {
        var role = input.Facts.Role;
        yield return input.Finding("Role.Superuser", role.IsSuperuser ? FindingStatus.Warning : FindingStatus.Pass,
            role.IsSuperuser ? $"Role {role.Name} is a superuser: LangSmith's password gives access to the whole server." : $"Role {role.Name} is not a superuser.") with
        {
            Why = "LangSmith needs a role that owns its schema, not one that controls the server.",
            Fix = role.IsSuperuser
                ? Remedy.Sql($"""
                   CREATE ROLE "langsmith" LOGIN; -- then give it a password: \password langsmith
                   GRANT CONNECT, CREATE, TEMPORARY ON DATABASE {SqlIdentifier.Quote(input.Facts.Database.Name)} TO "langsmith";
                   {SqlComment.Of($"Then let LangSmith log in as langsmith. What {role.Name} already owns can be transferred with Set-LangSmithPgOwner.")}
                   """)
                : null,
        };
        var isMd5 = input.Facts.Setting("password_encryption") is "md5" or "on";
        yield return input.Finding("Server.PasswordEncryption", isMd5 ? FindingStatus.Warning : FindingStatus.Pass,
            isMd5 ? "The server stores new passwords as MD5 hashes." : "The server stores new passwords as SCRAM verifiers.") with
        {
            Evidence = $"password_encryption = {input.Facts.Setting("password_encryption")}",
            Why = "An MD5 hash can be used in place of the password, and support for MD5 is deprecated in PostgreSQL.",
            Fix = isMd5 ? Remedy.Sql("ALTER SYSTEM SET password_encryption = 'scram-sha-256';\nSELECT pg_reload_conf();\n-- Passwords that are set after this are stored as SCRAM verifiers.") : null,
        };
    }
}
