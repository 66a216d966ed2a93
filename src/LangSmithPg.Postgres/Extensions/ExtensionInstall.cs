using LangSmithPg.Connections;
using LangSmithPg.Extensions;
using LangSmithPg.Postgres.Servers;
using LangSmithPg.Postgres.Transactions;
using LangSmithPg.Servers;

namespace LangSmithPg.Postgres.Extensions;

/// <summary>Installs what is missing of the extensions that LangSmith needs: all in one transaction, or none.</summary>
static class ExtensionInstall
{
    /// <summary>Installs them, over one connection that is closed afterwards.</summary>
    /// <param name="connection">The connection; the extensions go to its schema.</param>
    /// <param name="options">How to connect.</param>
    /// <param name="cancellationToken">Ends it within moments; the server rolls back.</param>
    /// <returns>
    /// The look just before, with the reason where there was no getting in or the transaction did not come to its end;
    /// and what was tried.
    /// </returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static async Task<(ServerObservation Before, IReadOnlyList<ExtensionAttempt> Attempts)> RunAsync(
        PgConnectionString connection, SessionOptions options, CancellationToken cancellationToken)
    {
        // What was done counts too where the session ends in the middle.
        List<ExtensionAttempt> attempts = [];
        ServerFacts? facts = null;
        ServerError? end = null;
        var pending = new PendingCommit();
        var (before, _) = await ServerSession.UseAsync(connection, options, Install, cancellationToken);
        if (!pending.IsInQuestion(before.Failure))
        {
            return (before, WithEnd());
        }

        (before, var committed) = await pending.SettleAsync(before, connection, options, cancellationToken);
        before = before with { Facts = facts };
        return (before, committed is true ? attempts : WithEnd());

        async Task<IReadOnlyList<ExtensionAttempt>?> Install(OpenSession open, CancellationToken limit)
        {
            facts = open.Facts;
            end = await InstallAsync(open, attempts, pending, options.Log, limit);
            return attempts;
        }

        IReadOnlyList<ExtensionAttempt> WithEnd() => end is null ? attempts : [.. attempts.Select(attempt => attempt with { Error = attempt.Error ?? end })];
    }

    static async Task<ServerError?> InstallAsync(
        OpenSession open, List<ExtensionAttempt> attempts, PendingCommit pending, Action<string> log, CancellationToken cancellationToken)
    {
        var missing = ExtensionInstallations.Missing(open.Facts);
        if (missing.Count == 0)
        {
            log("No extension is missing.");
            return null;
        }

        log($"Creating {string.Join(", ", missing)} in schema {open.Connection.Schema}, all in one transaction.");
        var (transaction, error) = await SteppedTransaction.BeginAsync(open, limits: default, cancellationToken);
        if (error is not null)
        {
            attempts.AddRange(missing.Select(name => new ExtensionAttempt(name, error)));
            return error;
        }

        foreach (var name in missing)
        {
            attempts.Add(new(name, await CreateAsync(transaction, name, open.Connection.Schema, cancellationToken)));
            log($"{name}: {attempts[^1].Error?.ToString() ?? "created"}.");
        }

        if (attempts.Exists(attempt => attempt.Error is not null))
        {
            await transaction.RollBackAsync(cancellationToken);
            log("Rolled back.");
            return null;
        }

        var end = await transaction.CommitAsync(pending, cancellationToken);
        log(end is null ? "Committed." : $"{end}.");
        return end;
    }

    static async Task<ServerError?> CreateAsync(
        SteppedTransaction transaction, string name, string schema, CancellationToken cancellationToken)
    {
        string[] statement = [ExtensionInstallations.Statement(name, schema)];
        var error = await transaction.DoAsync(statement, cancellationToken);

        // Somebody else created it since IF NOT EXISTS looked. Their transaction has ended, so that it is seen now.
        return error?.Kind is ServerErrorKind.Conflict or ServerErrorKind.NameTaken ? await transaction.DoAsync(statement, cancellationToken) : error;
    }
}
