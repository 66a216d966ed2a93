using LangSmithPg.Common;
using LangSmithPg.Findings;

namespace LangSmithPg.Health.Rules;

/// <summary>Whether sessions stay in a transaction for too long.</summary>
/// <param name="id">The id of the finding.</param>
/// <param name="why">Why it matters.</param>
/// <param name="limit">From how many seconds on.</param>
/// <param name="what">What they do, as the predicate of a sentence about several.</param>
/// <param name="none">The message where none does.</param>
/// <param name="sessions">The sessions.</param>
/// <param name="seconds">For how long.</param>
abstract class SessionRule(
    string id, string why, long limit, string what, string none, Func<ActivityFacts, IReadOnlyList<SessionFacts>> sessions, Func<SessionFacts, long?> seconds) : HealthRule<ActivityFacts>(
        id, why, "monitoring-stats.html#MONITORING-PG-STAT-ACTIVITY-VIEW", facts => facts.Activity)
{
    protected override Finding Evaluate(HealthInput input, ActivityFacts facts, Finding finding)
    {
        List<SessionFacts> all = [.. sessions(facts).Where(session => seconds(session) >= limit)];
        return (all.Count, facts) switch
        {
            (> 0, _) => finding with
            {
                Status = FindingStatus.Warning,
                Message = $"{Listing.Count(all.Count, "session")} {(all.Count == 1 ? "has" : "have")} been {what} for more than {HealthText.Time(limit)}, the longest for {HealthText.Time(seconds(all[0])!.Value)}.",
                Evidence = string.Join("; ", all.Take(5).Select(session => $"{HealthText.Session(session)}: {HealthText.Time(seconds(session)!.Value)}")),
                Fix = Remedy.Sql("-- Only if nobody waits for what they do: it is rolled back.\n" + string.Join('\n', all.Take(5).Select(HealthText.End))),
            },
            (_, { SeesSessions: false, HiddenSessions: > 0 }) => Hidden(finding, $"What {Listing.Count(facts.HiddenSessions, "session")} of other roles {(facts.HiddenSessions == 1 ? "does" : "do")} is hidden."),
            _ => Pass(finding, none),
        };
    }
}

/// <summary>Whether a transaction has been open for very long. The limit is this module's own: LangSmith's requests and migrations take less.</summary>
sealed class LongTransactionRule() : SessionRule(
    "Health.LongTransactions", "It holds its locks, and VACUUM cannot remove any row that it could see.", Limit, "in a transaction",
    "No transaction has been open for more than an hour.", facts => facts.Transactions, session => session.TransactionSeconds)
{
    const long Limit = 3600;
}

/// <summary>Whether an application has left a transaction open. The limit is this module's own: between two statements, a pod needs milliseconds.</summary>
sealed class IdleInTransactionRule() : SessionRule(
    "Health.IdleInTransaction", "An application that forgot its transaction holds its locks until the session ends.", Limit, "idle in a transaction",
    "No session has been idle in a transaction for more than 5 minutes.", facts => facts.IdleInTransaction, session => session.StateSeconds)
{
    const long Limit = 300;
}
