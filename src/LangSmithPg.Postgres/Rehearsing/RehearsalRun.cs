using System.Security.Cryptography;
using LangSmithPg.Postgres.Transactions;
using LangSmithPg.Readiness.Rehearsing;
using LangSmithPg.Servers;

namespace LangSmithPg.Postgres.Rehearsing;

/// <summary>Does what LangSmith's migrations do, in a transaction that is always rolled back.</summary>
static class RehearsalRun
{
    /// <summary>Rehearses.</summary>
    /// <param name="open">The session.</param>
    /// <param name="log">Told what comes of each step.</param>
    /// <param name="cancellationToken">Ends it; the server rolls back.</param>
    public static async Task<Rehearsal> RunAsync(OpenSession open, Action<string> log, CancellationToken cancellationToken)
    {
        var plan = RehearsalPlan.For(open.Facts, $"langsmithpg_rehearsal_{RandomNumberGenerator.GetHexString(16, lowercase: true)}");
        if (plan.Count == 0)
        {
            log("Nothing is rehearsed: the server takes no writes.");
            return new([], Ownership: null);
        }

        log($"Rehearsing {plan.Count} steps of LangSmith's migrations, in a transaction that is rolled back.");
        var (transaction, error) = await SteppedTransaction.BeginAsync(open, cancellationToken);
        List<RehearsalStep> done = [plan[0] with { Error = error }];
        foreach (var step in plan.Skip(1))
        {
            var blockedBy = step.Needs.FirstOrDefault(need => done.Exists(other => other.Name == need && !other.Succeeded));
            done.Add(blockedBy is null
                ? step with { Error = await transaction.DoAsync(step.Statements, cancellationToken) }
                : step with { BlockedBy = blockedBy });
            log($"  {step.Name}: {(blockedBy is null ? done[^1].Error?.ToString() ?? "done" : $"not tried, as {blockedBy} did not succeed")}.");
        }

        var ownership = error is null ? await OwnershipRun.RunAsync(open, transaction, cancellationToken) : null;
        await transaction.RollBackAsync(cancellationToken);
        log($"Rehearsed {done.Count(step => step.Succeeded)} of {done.Count} steps, and rolled back.");
        return new(done, ownership);
    }
}
