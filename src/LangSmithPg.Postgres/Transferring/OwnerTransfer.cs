using System.Diagnostics;
using LangSmithPg.Ownership;
using LangSmithPg.Postgres.Rehearsing;
using LangSmithPg.Postgres.Transactions;
using LangSmithPg.Servers;
using LangSmithPg.Sql;

namespace LangSmithPg.Postgres.Transferring;

/// <summary>Hands over what one role owns to another: all in one transaction, or none, unless batches are asked for.</summary>
public static class OwnerTransfer
{
    // Enough to make the way to the server cheap, few enough to show progress and to stop in between.
    const int StatementsPerRoundTrip = 250;

    /// <summary>Plans it, over one connection that is closed afterwards. Changes nothing.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="request">What is to change hands.</param>
    /// <param name="options">How to connect.</param>
    /// <param name="cancellationToken">Ends it within moments.</param>
    /// <returns>The look, with the reason where there was no getting in; and the plan, or null then.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static async Task<(ServerObservation Look, OwnershipPlan? Plan)> PlanAsync(
        Connections.PgConnectionString connection, OwnershipRequest request, LookOptions options, CancellationToken cancellationToken)
    {
        OwnershipPlan? plan = null;
        var look = await ServerLook.LookAsync(connection, options, askFacts: true, Plan, cancellationToken);
        return (look, look.Failure is null ? plan : null);

        async Task Plan(OpenSession open, CancellationToken limit) => plan = await PlanAsync(open, request, limit);
    }

    /// <summary>Plans it anew and does it, over one connection that is closed afterwards.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="request">What is to change hands.</param>
    /// <param name="lockTimeout">Most time that each statement waits for a lock.</param>
    /// <param name="options">How to connect.</param>
    /// <param name="progress">Told how many statements of how many are done. Called on any thread.</param>
    /// <param name="cancellationToken">Ends it within moments; the server rolls back what is not committed.</param>
    /// <returns>
    /// The look, with the reason where there was no getting in or the transfer did not come to its end; and what came of it, or null then.
    /// A plan with problems is not tried.
    /// </returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static async Task<(ServerObservation Look, OwnershipTransfer? Transfer)> RunAsync(
        Connections.PgConnectionString connection, OwnershipRequest request, TimeSpan lockTimeout, LookOptions options, Action<int, int> progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(progress);
        OwnershipTransfer? transfer = null;
        var look = await ServerLook.LookAsync(connection, options, askFacts: true, Transfer, cancellationToken);
        return (look, look.Failure is null ? transfer : null);

        async Task Transfer(OpenSession open, CancellationToken limit)
        {
            var clock = Stopwatch.StartNew();
            var plan = await PlanAsync(open, request, limit);
            transfer = new() { Plan = plan, Done = 0, Elapsed = clock.Elapsed };
            if (plan.Problems.Count > 0)
            {
                return;
            }

            foreach (var batch in plan.Batches)
            {
                transfer = await DoAsync(open, transfer, batch, lockTimeout, progress, limit);
                transfer = transfer with { Elapsed = clock.Elapsed };
                options.Log(transfer.Error is { } error ? $"Rolled back: {error}." : $"Committed {transfer.Done} of {plan.Steps.Count} statements.");
                if (transfer.Error is not null)
                {
                    return;
                }
            }
        }
    }

    static async Task<OwnershipPlan> PlanAsync(OpenSession open, OwnershipRequest request, CancellationToken cancellationToken) => OwnershipPlanner.Plan(
        open.Connection, request, open.Facts, await OwnershipQuery.AskAsync(open.Session, request, open.Left, cancellationToken));

    static async Task<OwnershipTransfer> DoAsync(
        OpenSession open, OwnershipTransfer transfer, IReadOnlyList<OwnershipStep> steps, TimeSpan lockTimeout, Action<int, int> progress,
        CancellationToken cancellationToken)
    {
        var (transaction, error) = await SteppedTransaction.BeginAsync(open, cancellationToken);
        var done = transfer.Done;
        error ??= await transaction.DoAsync([$"set local lock_timeout = {(long)lockTimeout.TotalMilliseconds}"], cancellationToken);
        foreach (var chunk in error is null ? steps.Chunk(StatementsPerRoundTrip) : [])
        {
            progress(done, transfer.Plan.Steps.Count);
            error = await transaction.DoAsync(chunk.Select(step => step.Statement), cancellationToken);
            if (error is not null)
            {
                break;
            }

            done += chunk.Length;
        }

        IReadOnlyList<OwnershipProbe> proof = [];
        if (error is null && done == transfer.Plan.Steps.Count)
        {
            (proof, error) = await ProveAsync(open, transaction, transfer.To, cancellationToken);
        }

        error = error is null ? await transaction.CommitAsync(cancellationToken) : await RollBackAsync(error);
        return error is null
            ? transfer with { Done = done, Proof = proof }
            : transfer with { Error = error, FailedStatement = transaction.RefusedStatement, Proof = proof };

        async Task<ServerError> RollBackAsync(ServerError reason)
        {
            await transaction.RollBackAsync(cancellationToken);
            return reason;
        }
    }

    // Before anything is final: an ALTER by the new owner, such as a migration does.
    static async Task<(IReadOnlyList<OwnershipProbe> Proof, ServerError? Error)> ProveAsync(
        OpenSession open, SteppedTransaction transaction, string owner, CancellationToken cancellationToken)
    {
        if (await transaction.DoAsync([$"set local role {SqlIdentifier.Quote(owner)}"], cancellationToken) is { } refusal)
        {
            return ([], refusal);
        }

        List<OwnershipProbe> proof = [.. (await OwnershipRun.RunAsync(open, transaction, cancellationToken) ?? []).Where(probe => probe.Owner == owner)];
        return (proof, proof.Select(probe => probe.Error).FirstOrDefault(error => error is not null));
    }
}
