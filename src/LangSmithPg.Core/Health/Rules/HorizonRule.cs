using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Sql;

namespace LangSmithPg.Health.Rules;

/// <summary>Whether something old keeps VACUUM from removing and freezing rows.</summary>
sealed class HorizonRule() : HealthRule<ActivityFacts>(
    Id, "VACUUM removes no row that an older transaction could still see: tables and indexes grow, and queries slow down.",
    "routine-vacuuming.html#VACUUM-FOR-WRAPAROUND", facts => facts.Activity)
{
    public const string Id = "Health.OldestTransaction";

    // The default of vacuum_freeze_min_age, from which VACUUM freezes rows: what is older keeps it from that too.
    const long Old = 50_000_000;

    /// <summary>Whether it does.</summary>
    public static bool IsHeld(ActivityFacts facts) => facts.Holders.Any(holder => holder.Age >= Limit(facts));

    protected override Finding Evaluate(HealthInput input, ActivityFacts facts, Finding finding)
    {
        if (!IsHeld(facts))
        {
            return Pass(finding, "No old transaction, slot or standby keeps VACUUM from removing rows.") with { Evidence = Evidence(facts) };
        }

        List<Holder> old = [.. facts.Holders.Where(holder => holder.Age >= Limit(facts))];
        return finding with
        {
            Status = old[0].Age >= (facts.Number("autovacuum_freeze_max_age") ?? long.MaxValue) ? FindingStatus.Fail : FindingStatus.Warning,
            Message = $"VACUUM cannot remove rows of the last {HealthText.Number(old[0].Age)} transactions, because of {Listing.Of([.. old.Select(Name)])}.",
            Evidence = Evidence(facts),
            Fix = old.Exists(holder => holder.Kind != "standby")
                ? Remedy.Sql($"-- Only if nobody needs {(old.Count == 1 ? "it" : "them")} any more.\n" + string.Join('\n', old.Select(Statement).OfType<string>()))
                : "End the old query on the standby, or turn hot_standby_feedback off there.",
        };
    }

    static long Limit(ActivityFacts facts) => Math.Max(1, facts.Number("vacuum_freeze_min_age") is { } set and > 0 ? Math.Max(set, Old) : Old);

    static string? Evidence(ActivityFacts facts) => facts.Holders.Count == 0 ? null : string.Join("; ", facts.Holders.Select(holder => $"{Name(holder)}: {holder.Age} transactions"));

    static string Name(Holder holder) => holder switch
    {
        { Session: { } session } => HealthText.Session(session),
        { Kind: "slot" } => $"replication slot {VisibleText.Line(holder.Name)}",
        { Kind: "prepared" } => $"prepared transaction {VisibleText.Line(holder.Name)}",
        _ => $"standby {VisibleText.Line(holder.Name)}",
    };

    static string? Statement(Holder holder) => holder switch
    {
        { Session: { } session } => HealthText.End(session),
        { Kind: "slot" } => $"SELECT pg_drop_replication_slot({SqlLiteral.Quote(holder.Name)});",
        { Kind: "prepared" } => $"ROLLBACK PREPARED {SqlLiteral.Quote(holder.Name)};",
        _ => null,
    };
}
