using LangSmithPg.Common;
using LangSmithPg.Findings;

namespace LangSmithPg.Health.Rules;

/// <summary>Whether the server shows the role what the sessions of other roles do.</summary>
sealed class VisibilityRule() : HealthRule<ActivityFacts>(
    Id, "Without it, how long the sessions of other roles have been in a transaction is not known.", "predefined-roles.html", facts => facts.Activity)
{
    /// <summary>The finding that one GRANT resolves, and with it those that are unknown because of it.</summary>
    public const string Id = "Health.Visibility";

    protected override Finding Evaluate(HealthInput input, ActivityFacts facts, Finding finding) => facts.SeesSessions
        ? Pass(finding, $"The server shows role {input.Server.Role.Name} the sessions of all roles.")
        : finding with
        {
            Message = $"The server does not show role {input.Server.Role.Name} what the sessions of other roles do.",
            Fix = Remedy.Sql($"GRANT pg_monitor TO {input.QuotedRole}; -- as a superuser or the cloud's admin"),
        };
}
