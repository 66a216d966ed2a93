using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Servers;
using LangSmithPg.Sql;

namespace LangSmithPg.Readiness.Rules;

/// <summary>Whether tables may be created where they are created by default.</summary>
sealed class TablespaceRule : IReadinessRule
{
    // What is hidden is told by HealthRule.
    public IEnumerable<Finding> Evaluate(ReadinessInput input)
    {
        if (input.Facts.Health is { } health)
        {
            yield return Tablespace(input, health);
        }
    }

    static Finding Tablespace(ReadinessInput input, ServerHealth health)
    {
        var closed = health.CanCreateInTablespace is false;
        return input.Finding("Database.Tablespace", closed ? FindingStatus.Fail : FindingStatus.Pass,
            health.DefaultTablespace is not { } name ? "Tables are created in the database's own tablespace."
            : closed ? $"Tables are created in tablespace {name} (default_tablespace), and role {input.Facts.Role.Name} may not create there."
            : $"Tables are created in tablespace {name}, where role {input.Facts.Role.Name} may create.") with
        {
            Why = $"Every table and index of {input.Requirements.Product} is created there.",
            Fix = closed ? Remedy.Sql($"GRANT CREATE ON TABLESPACE {SqlIdentifier.Quote(health.DefaultTablespace!)} TO {SqlIdentifier.Quote(input.Facts.Role.Name)};") : null,
        };
    }
}
