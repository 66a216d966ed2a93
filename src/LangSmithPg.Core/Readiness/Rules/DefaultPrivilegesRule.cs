using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Findings;
using LangSmithPg.Servers;
using LangSmithPg.Sql;

namespace LangSmithPg.Readiness.Rules;

/// <summary>Whether others may use what LangSmith creates.</summary>
sealed class DefaultPrivilegesRule : IReadinessRule
{
    // What is hidden is told by HealthRule.
    public IEnumerable<Finding> Evaluate(ReadinessInput input)
    {
        if (input.Facts.Health is { } health)
        {
            yield return DefaultPrivileges(input, health);
        }
    }

    static Finding DefaultPrivileges(ReadinessInput input, ServerHealth health)
    {
        var others = health.DefaultPrivileges;
        return input.Finding("Schema.DefaultPrivileges", others.Count > 0 ? FindingStatus.Warning : FindingStatus.Pass,
            others.Count > 0
                ? $"What role {input.Facts.Role.Name} creates is granted to {string.Join(", ", others)} by default privileges."
                : $"What role {input.Facts.Role.Name} creates is not granted to other roles by default privileges.") with
        {
            Why = input.Connection.Purpose == DatabasePurpose.LangSmith
                ? "LangSmith's tables contain prompts, traces and hashes of API keys."
                : $"The tables of {input.Requirements.Product} contain data of LangSmith's users.",
            Fix = others.Count == 0 ? null : Remedy.Sql(string.Join('\n', others.SelectMany(other => Revokes(input, other)))),
        };
    }

    // What is set for a schema and what is set for all are two things.
    static IEnumerable<string> Revokes(ReadinessInput input, string other)
    {
        var (role, schema) = (SqlIdentifier.Quote(input.Facts.Role.Name), SqlIdentifier.Quote(input.Facts.Schema.Name));
        var whom = other == "PUBLIC" ? other : SqlIdentifier.Quote(other);
        foreach (var kind in (string[])["TABLES", "SEQUENCES"])
        {
            yield return $"ALTER DEFAULT PRIVILEGES FOR ROLE {role} REVOKE ALL ON {kind} FROM {whom};";
            yield return $"ALTER DEFAULT PRIVILEGES FOR ROLE {role} IN SCHEMA {schema} REVOKE ALL ON {kind} FROM {whom};";
        }
    }
}
