using System.Globalization;
using LangSmithPg.Common;
using LangSmithPg.Findings;

namespace LangSmithPg.Health.Rules;

/// <summary>Whether sessions wait for the locks of others, and of whom. The limits are this module's own.</summary>
sealed class BlockedRule() : HealthRule<ActivityFacts>(
    "Health.BlockedSessions", "A request of LangSmith that waits for a lock holds a connection of its pool, and fails in the end.", "explicit-locking.html", facts => facts.Activity)
{
    const long Long = 30;
    const long TooLong = 300;

    // What pg_blocking_pids has for a prepared transaction.
    const int Prepared = 0;

    protected override Finding Evaluate(HealthInput input, ActivityFacts facts, Finding finding)
    {
        List<BlockedSession> blocked = [.. facts.Blocked.Where(one => one.Seconds >= Long)];
        if (blocked.Count == 0)
        {
            return Pass(finding, "No session has waited for a lock for more than 30 s.");
        }

        var waiting = facts.Blocked.Select(one => one.Session.Pid).ToHashSet();
        // Who waits in turn is not the cause.
        List<int> roots = [.. blocked.SelectMany(one => one.Blockers).Distinct().Where(pid => !waiting.Contains(pid)).Order()];
        List<SessionFacts> sessions = [.. facts.Blockers.Where(session => roots.Contains(session.Pid))];
        List<string> names =
        [
            .. sessions.Select(HealthText.Session),
            .. roots.Where(pid => pid != Prepared && !sessions.Exists(session => session.Pid == pid)).Select(pid => string.Create(CultureInfo.InvariantCulture, $"process {pid}")),
            .. roots.Contains(Prepared) ? ["a prepared transaction"] : Array.Empty<string>(),
        ];
        return finding with
        {
            Status = blocked[0].Seconds >= TooLong ? FindingStatus.Fail : FindingStatus.Warning,
            Message = $"{Listing.Count(facts.Waiting, "session")} {(facts.Waiting == 1 ? "waits" : "wait")} for a lock, the longest for {HealthText.Time(blocked[0].Seconds)}{(names.Count == 0 ? "" : $"; {Listing.Of(names)} {(names.Count == 1 ? "holds" : "hold")} it")}.",
            Evidence = string.Join("; ", blocked.Take(5).Select(one => $"{HealthText.Session(one.Session)} waits for {HealthText.Time(one.Seconds)}")),
            Fix = sessions.Count > 0 ? Remedy.Sql("-- Only if nobody waits for what it does: it is rolled back.\n" + string.Join('\n', sessions.Take(5).Select(HealthText.End)))
                : roots.Contains(Prepared) ? "COMMIT PREPARED or ROLLBACK PREPARED the transaction that pg_prepared_xacts lists, as the application that prepared it has decided."
                : "Check pg_locks and pg_stat_activity for who holds the lock.",
        };
    }
}
