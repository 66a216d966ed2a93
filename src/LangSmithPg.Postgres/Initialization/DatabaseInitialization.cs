using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Connections.Passwords;
using LangSmithPg.Initialization;
using LangSmithPg.Postgres.Connections;
using LangSmithPg.Postgres.Iam;
using LangSmithPg.Postgres.Servers;
using LangSmithPg.Postgres.Transactions;
using LangSmithPg.Servers;
using Npgsql;

namespace LangSmithPg.Postgres.Initialization;

/// <summary>Looks at what a server lacks of LangSmith's database, and makes it.</summary>
static class DatabaseInitialization
{
    // Of its own: what the operation was given is over.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    static readonly string Query = SqlResource.Read("initialization.sql");

    /// <summary>Plans it. Changes nothing.</summary>
    /// <param name="connection">The connection of an administrator, to any database.</param>
    /// <param name="target">How the role is to connect to its database.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="options">How to connect.</param>
    /// <param name="cancellationToken">Ends it within moments.</param>
    /// <returns>The look, with the reason where there was no getting in; and the plan, or null then.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static async Task<(ServerObservation Look, InitializationPlan? Plan)> PlanAsync(
        PgConnectionString connection, PgConnectionString target, InitializationRequest request, SessionOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(request);
        var (observation, look) = await AskAsync(connection, request, options, cancellationToken);
        if (look is not null && request.Identity is { } identity)
        {
            (observation, var role, var functions) = await IamRoleCreation.LookAsync(connection, identity, options, cancellationToken);
            look = role is null ? null : look with { Identity = role, Functions = functions };
        }

        if (look?.Facts.Database is null || InitializationProblems.OfNames(request, look).Any())
        {
            return (observation, look is null ? null : InitializationPlanner.Plan(target, request, look, inside: null));
        }

        (observation, var inside) = await AskAsync(connection.WithDatabase(request.Database), request, options, cancellationToken);
        return (observation, inside is null ? null : InitializationPlanner.Plan(target, request, look, inside));
    }

    /// <summary>Carries out a plan without problems: first the role where a cloud makes it, then the database, then all that is in it or nothing of it.</summary>
    /// <param name="connection">The connection of an administrator, to any database.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="password">The password that the role gets, or null where it gets none.</param>
    /// <param name="options">How to connect.</param>
    /// <param name="cancellationToken">Ends it within moments; the server rolls back what is not committed.</param>
    /// <returns>
    /// The last look, with the reason where there was no getting in; the statements that took effect; and the one that was refused, with
    /// the reason, or null.
    /// </returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static async Task<(ServerObservation? Look, IReadOnlyList<InitializationStep> Done, (InitializationStep Statement, ServerError Error)? Refused)> RunAsync(
        PgConnectionString connection, InitializationPlan plan, Secret? password, SessionOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(options);
        List<InitializationStep> done = [];
        // What takes the most rights.
        if (plan.Login.Count > 0)
        {
            var (first, error) = await FillAsync(connection.WithDatabase(plan.Login[0].Database!), plan.Login, verifier: null, options, cancellationToken);
            if (first.Failure is not null || error is not null)
            {
                return (first, done, error);
            }

            done.AddRange(plan.Login);
        }

        if (plan.CreateDatabase is { } create)
        {
            var (look, error) = await CreateAsync(connection, plan.Request, create, options, cancellationToken);
            if (look.Failure is not null || error is not null)
            {
                return (look, done, error is null ? null : (create, error));
            }

            done.Add(create);
        }

        if (plan.Steps.Count == 0)
        {
            return (null, done, null);
        }

        var verifier = plan.SetsPassword ? ScramVerifier.Of(password!.Reveal()) : null;
        var (last, refused) = await FillAsync(connection.WithDatabase(plan.Request.Database), plan.Steps, verifier, options, cancellationToken);
        if (last.Failure is null && refused is null)
        {
            done.AddRange(plan.Steps);
            options.Log($"Committed {plan.Steps.Count} statements.");
        }

        return (last, done, refused);
    }

    // No transaction holds it. Where its answer does not come, the server is asked whether the database exists.
    static async Task<(ServerObservation Look, ServerError? Error)> CreateAsync(
        PgConnectionString connection, InitializationRequest request, InitializationStep create, SessionOptions options, CancellationToken cancellationToken)
    {
        ServerError? error = null;
        var isSent = false;
        var (look, _) = await ServerSession.UseAsync(connection, options, Create, cancellationToken);
        if (look.Failure is null || !isSent || error is not null)
        {
            return (look with { Failure = error is null ? look.Failure : null }, error);
        }

        options.Log("The server did not answer CREATE DATABASE: asking it whether the database exists.");
        var (_, there) = await AskAsync(connection, request, options with { Timeout = Patience }, cancellationToken);
        return there switch
        {
            { Facts.Database: not null } => (look with { Failure = null }, null),
            null => (look with { Failure = FailureExplainer.CommitUnknown(look.Host) }, null),
            _ => (look, null),
        };

        async Task<object?> Create(OpenSession open, CancellationToken limit)
        {
            options.Log($"{create}");
            isSent = true;
            try
            {
                await using var command = new NpgsqlCommand(create.ToSql(verifier: null), open.Session);
                await command.ExecuteNonQueryAsync(limit);
            }
            catch (PostgresException refusal) when (!limit.IsCancellationRequested)
            {
                error = new(open.Connection.Redact(refusal.SqlState), open.Connection.Redact(refusal.MessageText), refusal.Hint is { } hint ? open.Connection.Redact(hint) : null);
            }

            return null;
        }
    }

    static async Task<(ServerObservation Look, (InitializationStep Statement, ServerError Error)? Refused)> FillAsync(
        PgConnectionString connection, IReadOnlyList<InitializationStep> steps, string? verifier, SessionOptions options, CancellationToken cancellationToken)
    {
        var pending = new PendingCommit();
        // What was refused counts too where the session fails after it.
        (InitializationStep Statement, ServerError Error)? refused = null;
        var (look, _) = await ServerSession.UseAsync(connection, options, Work, cancellationToken);
        if (pending.IsInQuestion(look.Failure))
        {
            (look, var committed) = await pending.SettleAsync(look, connection, options, cancellationToken);
            refused = committed is false && refused is (var statement, var error) ? (statement, error with { IsOfCommit = false }) : null;
        }

        return (look, refused);

        async Task<object?> Work(OpenSession open, CancellationToken limit)
        {
            refused = await DoAsync(open, steps, verifier, pending, options.Log, limit);
            return null;
        }
    }

    static async Task<(InitializationStep Statement, ServerError Error)?> DoAsync(
        OpenSession open, IReadOnlyList<InitializationStep> steps, string? verifier, PendingCommit pending, Action<string> log, CancellationToken cancellationToken)
    {
        var (transaction, error) = await SteppedTransaction.BeginAsync(open, limits: default, cancellationToken);
        if (error is not null)
        {
            return (new("BEGIN"), error);
        }

        foreach (var step in steps)
        {
            log($"{step}");
            if (await transaction.DoAsync([step.ToSql(verifier)], cancellationToken) is { } refusal)
            {
                await transaction.RollBackAsync(cancellationToken);
                return (step, refusal);
            }
        }

        return await transaction.CommitAsync(pending, cancellationToken) is { } end ? (new(SteppedTransaction.Commit), end) : null;
    }

    static async Task<(ServerObservation Observation, InitializationLook? Look)> AskAsync(
        PgConnectionString connection, InitializationRequest request, SessionOptions options, CancellationToken cancellationToken)
    {
        return await ServerSession.UseAsync(connection, options, Ask, cancellationToken);

        async Task<InitializationLook?> Ask(OpenSession open, CancellationToken limit) => new(
            open.Facts, InitializationFactsJson.Read(await ReadOnlyQuery.ReadTextAsync(open.Session, Query, [request.RoleName, request.Database, request.Schema], open.Left, limit)));
    }
}
