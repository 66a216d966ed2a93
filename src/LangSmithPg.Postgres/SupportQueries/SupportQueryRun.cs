using LangSmithPg.Connections;
using LangSmithPg.Postgres.Servers;
using LangSmithPg.Postgres.Transactions;
using LangSmithPg.Servers;
using LangSmithPg.SupportQueries;

namespace LangSmithPg.Postgres.SupportQueries;

/// <summary>Executes a script in one transaction, over one connection that is closed afterwards.</summary>
static class SupportQueryRun
{
    // The statements have their limits, and a question at the prompt its own.
    static readonly TimeSpan Most = TimeSpan.FromDays(30);

    /// <summary>Executes it.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="request">The script.</param>
    /// <param name="options">How to connect; the time is that of the login.</param>
    /// <param name="cancellationToken">Ends it within moments; the server rolls back what is not committed.</param>
    /// <returns>The look, with the reason where there was no getting in; and what came of the script, or null then.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static async Task<(ServerObservation Look, SupportQueryOutcome? Outcome)> RunAsync(
        PgConnectionString connection, SupportQueryRequest request, SessionOptions options, CancellationToken cancellationToken)
    {
        var pending = new PendingCommit();
        var (look, outcome) = await ServerSession.UseAsync(
            connection, options with { WorkTimeout = Most }, (open, limit) => ExecuteAsync(open, request, pending, options.Log, limit), cancellationToken);
        if (!pending.IsInQuestion(look.Failure))
        {
            return (look, outcome);
        }

        // The answer to COMMIT did not come.
        var (settled, committed) = await pending.SettleAsync(look, connection, options, cancellationToken);
        return (settled, settled.Failure is null ? new() { IsCommitted = committed == true, Error = committed == true ? null : outcome?.Error } : null);
    }

    static async Task<SupportQueryOutcome?> ExecuteAsync(
        OpenSession open, SupportQueryRequest request, PendingCommit pending, Action<string> log, CancellationToken cancellationToken)
    {
        var transaction = new ScriptTransaction(open, request, log);
        open.Session.Notice += Say;
        try
        {
            return await transaction.RunAsync(pending, cancellationToken);
        }
        finally
        {
            open.Session.Notice -= Say;
        }

        void Say(object sender, Npgsql.NpgsqlNoticeEventArgs arguments) =>
            request.Say($"{arguments.Notice.InvariantSeverity}: {open.Connection.Redact(arguments.Notice.MessageText)}");
    }
}
