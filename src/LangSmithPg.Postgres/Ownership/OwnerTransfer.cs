using System.Diagnostics;
using LangSmithPg.Connections;
using LangSmithPg.Ownership;
using LangSmithPg.Postgres.Rehearsals;
using LangSmithPg.Postgres.Servers;
using LangSmithPg.Postgres.Transactions;
using LangSmithPg.Servers;
using LangSmithPg.Sql;

namespace LangSmithPg.Postgres.Ownership;

/// <summary>Hands over what one role owns to another: all in one transaction, or none, unless batches are asked for.</summary>
static class OwnerTransfer
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
        PgConnectionString connection, OwnershipRequest request, SessionOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        return await ServerSession.UseAsync(connection, options, Plan, cancellationToken);

        async Task<OwnershipPlan?> Plan(OpenSession open, CancellationToken limit)
        {
            var plan = OwnershipPlanner.Plan(open.Connection, request, open.Facts, await OwnershipQuery.AskAsync(open.Session, request, open.Left, limit));
            options.Log($"Planned {plan.Steps.Count} statements for {plan.Objects.Count} objects of {request.From}; {plan.Problems.Count} problems.");
            return plan;
        }
    }

    /// <summary>Carries out a plan without problems, over one connection that is closed afterwards.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="lockTimeout">Most time that each statement waits for a lock.</param>
    /// <param name="options">How to connect.</param>
    /// <param name="progress">Told how many statements are done. Called on any thread.</param>
    /// <param name="cancellationToken">Ends it within moments; the server rolls back what is not committed.</param>
    /// <returns>The look, with the reason where there was no getting in; and what came of the transfer, or null then.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static async Task<(ServerObservation Look, OwnershipTransfer? Transfer)> RunAsync(
        PgConnectionString connection, OwnershipPlan plan, TimeSpan lockTimeout, SessionOptions options, Action<int> progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(progress);
        var clock = Stopwatch.StartNew();
        // How far it got counts too where the session ends in the middle.
        OwnershipTransfer? transfer = null;
        OwnershipTransfer? committing = null;
        var pending = new PendingCommit();
        var (look, _) = await ServerSession.UseAsync(connection, options, Transfer, cancellationToken);
        // What was given up may go on for a moment.
        if (committing is { } whole && transfer is { } known && pending.IsInQuestion(look.Failure))
        {
            var error = (known.Error ?? ServerError.NoTimeLeft) with { IsOfCommit = false };
            transfer = await pending.AskAsync(connection, options, cancellationToken) switch
            {
                true => whole with { Error = whole.Done < plan.Steps.Count ? error : null },
                false => known with { Error = error },
                null => known with { Error = error with { IsOfCommit = true }, FailedStatement = SteppedTransaction.Commit },
            };
            return (look, transfer with { Elapsed = clock.Elapsed });
        }

        return look.Failure switch
        {
            null => (look, transfer),
            _ when transfer is { Error: not null } || transfer?.Done == plan.Steps.Count => (look, transfer),
            // In the middle: the server rolls back when it sees the connection closed.
            { Kind: ConnectionFailureKind.TimedOut } when transfer is not null => (look, transfer with { Error = ServerError.NoTimeLeft, Elapsed = clock.Elapsed }),
            _ => (look, null),
        };

        async Task<OwnershipTransfer?> Transfer(OpenSession open, CancellationToken limit)
        {
            transfer = new() { Plan = plan, Done = 0, Elapsed = TimeSpan.Zero };
            foreach (var batch in plan.Batches)
            {
                committing = null;
                var next = await DoAsync(open, transfer, batch, lockTimeout, progress, Commit, limit);
                transfer = next with { Elapsed = clock.Elapsed };
                options.Log(transfer.Error is { } error ? $"Stopped: {error}." : $"Committed {transfer.Done} of {plan.Steps.Count} statements.");
                if (transfer.Error is not null)
                {
                    break;
                }
            }

            return transfer;
        }

        Task<ServerError?> Commit(SteppedTransaction transaction, OwnershipTransfer done, CancellationToken limit)
        {
            committing = done;
            return transaction.CommitAsync(pending, limit);
        }
    }

    static async Task<OwnershipTransfer> DoAsync(
        OpenSession open, OwnershipTransfer transfer, IReadOnlyList<OwnershipStep> steps, TimeSpan lockTimeout, Action<int> progress,
        Func<SteppedTransaction, OwnershipTransfer, CancellationToken, Task<ServerError?>> commit, CancellationToken cancellationToken)
    {
        var (transaction, error) = await SteppedTransaction.BeginAsync(open, limits: default, cancellationToken);
        var done = transfer.Done;
        error ??= await transaction.DoAsync([$"set local lock_timeout = {(long)lockTimeout.TotalMilliseconds}"], cancellationToken);
        // The membership is revoked after the proof.
        var last = transfer.Plan.GrantsMembership ? steps[^1] : null;
        foreach (var chunk in steps.SkipLast(last is null ? 0 : 1).Chunk(StatementsPerRoundTrip).TakeWhile(_ => error is null))
        {
            progress(done);
            error = await transaction.DoAsync(chunk.Select(step => step.Statement), cancellationToken);
            done += chunk.Length;
        }

        IReadOnlyList<OwnershipProbe> proof = [];
        if (error is null && done + (last is null ? 0 : 1) == transfer.Plan.Steps.Count)
        {
            progress(done);
            (proof, error) = await ProveAsync(open, transaction, transfer.To, cancellationToken);
        }

        if (error is null && last is not null)
        {
            error = await transaction.DoAsync(["reset role", last.Statement], cancellationToken);
            done++;
        }

        if (error is not null)
        {
            var statement = transaction.RefusedStatement;
            await transaction.RollBackAsync(cancellationToken);
            return transfer with { Error = error, FailedStatement = statement, Proof = proof };
        }

        var whole = transfer with { Done = done, Proof = proof };
        error = await commit(transaction, whole, cancellationToken);
        return error is null
            ? whole
            : transfer with { Error = error, FailedStatement = SteppedTransaction.Commit };
    }

    // Before anything is final: an ALTER by the new owner, such as a migration does.
    static async Task<(IReadOnlyList<OwnershipProbe> Proof, ServerError? Error)> ProveAsync(
        OpenSession open, SteppedTransaction transaction, string owner, CancellationToken cancellationToken)
    {
        if (await transaction.DoAsync([$"set local role {SqlIdentifier.Quote(owner)}"], cancellationToken) is { } refusal)
        {
            return ([], refusal);
        }

        // Tables are tried until one is not held by somebody else: the last one counts.
        var (probes, error) = await OwnershipRun.RunAsync(open, transaction, cancellationToken);
        List<OwnershipProbe> proof = [.. (probes ?? []).Where(probe => probe.Owner == owner)];
        return (proof, error ?? proof.LastOrDefault()?.Error);
    }
}
