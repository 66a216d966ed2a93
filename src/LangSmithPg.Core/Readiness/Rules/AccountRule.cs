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
            role.IsSuperuser ? $"Role {role.Name} is a superuser: whoever gets LangSmith's password gets the whole server." : $"Role {role.Name} is no superuser.") with
        {
            Why = "LangSmith needs a role that owns its schema, and none that owns the server.",
            Fix = role.IsSuperuser
                ? Remedy.Sql($"""
                   CREATE ROLE "langsmith" LOGIN; -- then give it a password: \password langsmith
                   GRANT CONNECT, CREATE, TEMPORARY ON DATABASE {SqlIdentifier.Quote(input.Facts.Database.Name)} TO "langsmith";
                   {SqlComment.Of($"Then let LangSmith log in as langsmith. What {role.Name} owns already is handed over by Set-LangSmithPgOwner.")}
                   """)
                : null,
        };
        var isMd5 = input.Facts.Setting("password_encryption") is "md5" or "on";
        yield return input.Finding("Server.PasswordEncryption", isMd5 ? FindingStatus.Warning : FindingStatus.Pass,
            isMd5 ? "The server keeps new passwords as MD5 hashes." : "The server keeps new passwords by SCRAM.") with
        {
            Evidence = $"password_encryption = {input.Facts.Setting("password_encryption")}",
            Why = "An MD5 hash is as good as the password, and PostgreSQL is about to give MD5 up.",
            Fix = isMd5 ? Remedy.Sql("ALTER SYSTEM SET password_encryption = 'scram-sha-256';\nSELECT pg_reload_conf();\n-- Passwords that are set again from then on are kept by SCRAM.") : null,
        };
    }
}
