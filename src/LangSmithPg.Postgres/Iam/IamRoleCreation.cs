using LangSmithPg.Connections;
using LangSmithPg.Iam.Roles;
using LangSmithPg.Postgres.Servers;
using LangSmithPg.Postgres.Transactions;
using LangSmithPg.Servers;

namespace LangSmithPg.Postgres.Iam;

/// <summary>Looks at what a cloud's identity lacks in a database, and makes it.</summary>
static class IamRoleCreation
{
    const string AzureDatabase = "postgres";

    static readonly string Query = SqlResource.Read("role.sql");

    /// <summary>Plans it. Changes nothing.</summary>
    /// <param name="connection">The connection of an admin, to LangSmith's database.</param>
    /// <param name="request">The role.</param>
    /// <param name="options">How to connect.</param>
    /// <param name="cancellationToken">Ends it within moments.</param>
    /// <returns>The look, with the reason where there was no getting in; and the plan, or null then.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static async Task<(ServerObservation Look, IamRolePlan? Plan)> PlanAsync(
        PgConnectionString connection, IamRoleRequest request, SessionOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(request);
        var (look, facts, functions) = await LookAsync(connection, request, options, cancellationToken);
        return (look, facts is null ? null : IamRolePlanner.Plan(connection, request, facts, functions));
    }

    /// <summary>Looks at the role, and at the functions that would make it.</summary>
    /// <param name="connection">The connection of an admin.</param>
    /// <param name="request">The role.</param>
    /// <param name="options">How to connect.</param>
    /// <param name="cancellationToken">Ends it within moments.</param>
    /// <returns>The last look, with the reason where there was no getting in; and what the server says, or null then.</returns>
    public static async Task<(ServerObservation Look, IamRoleFacts? Facts, IReadOnlyList<EntraFunction> Functions)> LookAsync(
        PgConnectionString connection, IamRoleRequest request, SessionOptions options, CancellationToken cancellationToken)
    {
        var (look, facts) = await AskAsync(connection, request, options, cancellationToken);
        if (facts is null || request.Provider != IamAuthProvider.Azure || facts.Exists)
        {
            return (look, facts, []);
        }

        // Azure has its functions in one database alone.
        var (second, there) = await AskAsync(connection.WithDatabase(AzureDatabase), request, options, cancellationToken);
        return (second, there is null ? null : facts, there?.Functions ?? []);
    }

    /// <summary>Carries out a plan without problems: in each database all or nothing.</summary>
    /// <param name="connection">The connection of an admin, to LangSmith's database.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="options">How to connect.</param>
    /// <param name="cancellationToken">Ends it within moments; the server rolls back what is not committed.</param>
    /// <returns>
    /// The last look, with the reason where there was no getting in; the statements that took effect; and the one that was refused, with
    /// the reason, or null.
    /// </returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static async Task<(ServerObservation? Look, IReadOnlyList<IamRoleStep> Done, (string Statement, ServerError Error)? Refused)> RunAsync(
        PgConnectionString connection, IamRolePlan plan, SessionOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(plan);
        ServerObservation? look = null;
        List<IamRoleStep> done = [];
        foreach (var steps in plan.Steps.GroupBy(step => step.Database))
        {
            var pending = new PendingCommit();
            var database = connection.WithDatabase(steps.Key);
            // What was refused counts too where the session fails after it.
            (string, ServerError)? refused = null;
            (look, _) = await ServerSession.UseAsync(database, options, Work, cancellationToken);
            if (pending.IsInQuestion(look.Failure))
            {
                (look, var committed) = await pending.SettleAsync(look, database, options, cancellationToken);
                refused = committed is false && refused is (var statement, var error) ? (statement, error with { IsOfCommit = false }) : null;
            }

            if (look.Failure is not null || refused is not null)
            {
                return (look, done, refused);
            }

            done.AddRange(steps);

            async Task<object?> Work(OpenSession open, CancellationToken limit)
            {
                refused = await DoAsync(open, steps, pending, limit);
                return null;
            }
        }

        return (look, done, null);
    }

    static async Task<(string Statement, ServerError Error)?> DoAsync(OpenSession open, IEnumerable<IamRoleStep> steps, PendingCommit pending, CancellationToken cancellationToken)
    {
        var (transaction, error) = await SteppedTransaction.BeginAsync(open, limits: default, cancellationToken);
        if (error is not null)
        {
            return ("BEGIN", error);
        }

        foreach (var step in steps)
        {
            if (await transaction.DoAsync([step.Statement], cancellationToken) is { } refusal)
            {
                await transaction.RollBackAsync(cancellationToken);
                return (step.Statement, refusal);
            }
        }

        return await transaction.CommitAsync(pending, cancellationToken) is { } end ? (SteppedTransaction.Commit, end) : null;
    }

    static async Task<(ServerObservation Look, IamRoleFacts? Facts)> AskAsync(
        PgConnectionString connection, IamRoleRequest request, SessionOptions options, CancellationToken cancellationToken)
    {
        return await ServerSession.UseAsync(connection, options, Ask, cancellationToken);

        async Task<IamRoleFacts?> Ask(OpenSession open, CancellationToken limit) =>
            IamRoleFactsJson.Read(await ReadOnlyQuery.ReadTextAsync(open.Session, Query, [request.RoleName, connection.Schema], open.Left, limit));
    }
}
