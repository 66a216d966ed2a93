using LangSmithPg.Common;
using LangSmithPg.Findings;

namespace LangSmithPg.Health.Rules;

/// <summary>Whether autovacuum runs at all.</summary>
sealed class AutovacuumRule() : HealthRule<ActivityFacts>(
    "Health.Autovacuum", "Without autovacuum, tables grow, query plans become wrong, and transaction ids are used up.", "runtime-config-vacuum.html", facts => facts.Activity)
{
    protected override Finding Evaluate(HealthInput input, ActivityFacts facts, Finding finding)
    {
        var off = ((string[])["autovacuum", "track_counts"]).Where(name => facts.Settings.GetValueOrDefault(name) == "off").ToList();
        return off.Count == 0
            ? Pass(finding, "Autovacuum is on.")
            : finding with
            {
                Status = FindingStatus.Fail,
                Message = "Autovacuum is off.",
                Evidence = string.Join(", ", off.Select(name => $"{name} = off")),
                Fix = input.IsManaged ? input.Set(string.Join(" and ", off), "on")
                    : Remedy.Sql(string.Join('\n', off.Select(name => $"ALTER SYSTEM SET {name} = on;")) + "\nSELECT pg_reload_conf();"),
            };
    }
}
