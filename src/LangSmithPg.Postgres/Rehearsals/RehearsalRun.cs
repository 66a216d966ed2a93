using System.Security.Cryptography;
using LangSmithPg.Extensions;
using LangSmithPg.Ownership;
using LangSmithPg.Postgres.Servers;
using LangSmithPg.Postgres.Transactions;
using LangSmithPg.Rehearsals;
using LangSmithPg.Servers;

namespace LangSmithPg.Postgres.Rehearsals;

/// <summary>Does what LangSmith's migrations do, in a transaction that is always rolled back.</summary>
static class RehearsalRun
{
    static readonly string Members = SqlResource.Read("members.sql");

    /// <summary>Rehearses.</summary>
    /// <param name="open">The session.</param>
    /// <param name="force">Whether to rehearse with an administrator's rights where others may create.</param>
    /// <param name="log">Told what comes of each step.</param>
    /// <param name="cancellationToken">Ends it; the server rolls back.</param>
    public static async Task<Rehearsal> RunAsync(OpenSession open, bool force, Action<string> log, CancellationToken cancellationToken)
    {
        var opening = RehearsalPlan.IsExposed(open.Facts) && !force ? [] : RehearsalPlan.Open(open.Facts);
        if (opening.Count == 0)
        {
            log("The rehearsal is not run: the server does not accept writes, or other roles can create objects in the schema.");
            return new([], Ownership: null);
        }

        log("Rehearsing LangSmith's migrations in a transaction that is rolled back.");
        var (transaction, error) = await SteppedTransaction.BeginAsync(open, SessionLimits.Of(open.Facts), cancellationToken);
        List<RehearsalStep> done = [opening[0] with { Error = error }];
        await DoAsync(opening.Skip(1));
        IReadOnlyList<ExtensionMember> members = [];
        if (error is null)
        {
            (members, error) = await transaction.AskAsync(
                Members, [], row => new ExtensionMember(row.GetString(0), row.GetString(1), row.GetString(2)), cancellationToken);
        }

        var table = $"langsmithpg_rehearsal_{RandomNumberGenerator.GetHexString(16, lowercase: true)}";
        await DoAsync(RehearsalPlan.Use(open.Facts, table, members));
        (IReadOnlyList<OwnershipProbe>? Probes, ServerError? Error) ownership = error is null
            ? await OwnershipRun.RunAsync(open, transaction, cancellationToken)
            : (null, error);
        await transaction.RollBackAsync(cancellationToken);
        log($"Rehearsed {done.Count(step => step.Succeeded)} of {done.Count} steps, and rolled back.");
        return new(done, ownership.Probes, ownership.Error);

        // Somebody else may have created the extension since IF NOT EXISTS looked. What is refused twice is no such moment.
        async Task<ServerError?> TryAsync(RehearsalStep step)
        {
            var refusal = await transaction.DoAsync(step.Statements, cancellationToken);
            return refusal?.Kind is ServerErrorKind.Conflict or ServerErrorKind.NameTaken ? await transaction.DoAsync(step.Statements, cancellationToken) : refusal;
        }

        async Task DoAsync(IEnumerable<RehearsalStep> steps)
        {
            foreach (var step in steps)
            {
                // An error that ends the session ends the rehearsal with it.
                var blockedBy = step.Needs.FirstOrDefault(need => done.Exists(other => other.Name == need && !other.Succeeded))
                    ?? (transaction.IsOpen ? null : done.LastOrDefault(other => other.Error is { Kind: not ServerErrorKind.ConnectionLost })?.Name);
                done.Add(blockedBy is not null
                    ? step with { BlockedBy = blockedBy }
                    : step with { Error = error ?? step.Obstacle ?? await TryAsync(step) });
                log($"  {step.Name}: {(blockedBy is null ? done[^1].Error?.ToString() ?? "done" : $"not tried because {blockedBy} did not succeed")}.");
            }
        }
    }
}
