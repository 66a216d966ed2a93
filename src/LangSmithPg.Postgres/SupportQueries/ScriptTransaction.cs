using System.Globalization;
using LangSmithPg.Postgres.Servers;
using LangSmithPg.Postgres.Transactions;
using LangSmithPg.Servers;
using LangSmithPg.SupportQueries;
using Npgsql;

namespace LangSmithPg.Postgres.SupportQueries;

/// <summary>
/// The transaction of a script. Unless it may write, it is read-only; nothing in it can change that once it has its snapshot. Source: PostgreSQL
/// documentation, "SET TRANSACTION".
/// </summary>
/// <param name="open">The session.</param>
/// <param name="request">The script.</param>
/// <param name="log">Told what happens.</param>
sealed class ScriptTransaction(OpenSession open, SupportQueryRequest request, Action<string> log)
{
    // An admin reads the question about the changes, and others wait for their locks.
    static readonly TimeSpan PatienceForAnswer = TimeSpan.FromMinutes(5);

    // The server keeps the limit. This is for one that has gone silent.
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    readonly List<StatementChange> _changes = [];
    Dictionary<string, TableChange> _counts = [];
    int _timeout = (int)Math.Ceiling((request.StatementTimeout + Grace).TotalSeconds);

    /// <summary>Executes the script.</summary>
    /// <param name="pending">Told before the COMMIT is sent, and when it is answered.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<SupportQueryOutcome> RunAsync(PendingCommit pending, CancellationToken cancellationToken)
    {
        ScriptStatement? current = null;
        try
        {
            await BeginAsync(cancellationToken);
            var variables = new ScriptVariables(request.Variables);
            foreach (var step in request.Script.Run(variables))
            {
                request.Begin(step);
                if (step is ScriptMessage message)
                {
                    request.Say(message.Text);
                }
                else if (step is ScriptStatement statement)
                {
                    current = statement;
                    await ExecuteAsync(statement, variables, cancellationToken);
                }
            }

            current = null;
            return await EndAsync(pending, cancellationToken);
        }
        catch (SupportQueryException problem)
        {
            return new() { Problem = problem };
        }
        catch (PostgresException refusal) when (!cancellationToken.IsCancellationRequested)
        {
            return new() { Line = current?.LineOf(refusal.Position) ?? 0, Error = new(Redact(refusal.SqlState), Redact(refusal.MessageText), refusal.Hint is { } hint ? Redact(hint) : null) };
        }
        catch (NotSupportedException exception)
        {
            return new() { Problem = SupportQueryException.Invalid(current?.Line ?? 0, $"The statement cannot be sent by itself: {Redact(exception.Message)}") };
        }
        catch (Exception exception) when (exception is NpgsqlException { InnerException: TimeoutException })
        {
            return new() { Line = current?.Line ?? 0, Error = ServerError.NoTimeLeft };
        }
        catch (Exception exception) when (exception is NpgsqlException or IOException or InvalidOperationException && !cancellationToken.IsCancellationRequested)
        {
            return new() { Line = current?.Line ?? 0, Error = ServerError.ConnectionLost(Redact(exception.GetBaseException().Message)) };
        }
    }

    async Task BeginAsync(CancellationToken cancellationToken)
    {
        // The last one takes the snapshot: from then on, the server refuses to make the transaction read-write.
        await using var batch = new NpgsqlBatch(open.Session)
        {
            BatchCommands =
            {
                new($"begin transaction isolation level read committed {(request.AllowsWrites ? "read write" : "read only")}"),
                new(
                    "select pg_catalog.set_config(s.name, s.value, true) from (values ('standard_conforming_strings', 'on'), ('DateStyle', 'ISO'), "
                    + $"('statement_timeout', '{Milliseconds(request.StatementTimeout)}'), ('lock_timeout', '{Milliseconds(request.LockTimeout)}'), "
                    + $"('idle_in_transaction_session_timeout', '{Milliseconds(PatienceForAnswer)}')) s(name, value)"),
            },
        };
        await batch.ExecuteNonQueryAsync(cancellationToken);
        _counts = await CountAsync(cancellationToken);
    }

    async Task ExecuteAsync(ScriptStatement statement, ScriptVariables variables, CancellationToken cancellationToken)
    {
        var kind = StatementRules.Check(statement, request.AllowsWrites, request.IsUndone);
        var sender = new StatementSender(open.Session, request, _timeout);
        // The script changes the limit, and means it.
        _timeout = statement.Text.Contains("statement_timeout", StringComparison.OrdinalIgnoreCase) ? 0 : _timeout;
        try
        {
            if (kind == StatementKind.Copy)
            {
                await sender.CopyAsync(statement, cancellationToken);
            }
            else if (statement.VariablePrefix is { } prefix)
            {
                await sender.FillAsync(statement, prefix, variables, cancellationToken);
            }
            else
            {
                await sender.SendAsync(statement, cancellationToken);
            }
        }
        catch (PostgresException refusal) when (refusal.SqlState == PostgresErrorCodes.ReadOnlySqlTransaction && !request.AllowsWrites)
        {
            throw StatementRules.Writes(statement, $"The statement writes: {Redact(refusal.MessageText)}.");
        }

        if (request.AllowsWrites)
        {
            var counts = await CountAsync(cancellationToken);
            TableChange[] tables = [.. counts.Values.Select(now => now.Since(_counts.GetValueOrDefault(now.Table))).Where(change => !change.IsNothing)];
            _counts = counts;
            if (tables.Length > 0 || kind == StatementKind.Write)
            {
                _changes.Add(new(statement.Line, StatementRules.Verb(statement.Text), tables));
            }
        }
    }

    async Task<SupportQueryOutcome> EndAsync(PendingCommit pending, CancellationToken cancellationToken)
    {
        // What writes has a number.
        var id = request.AllowsWrites ? await AskAsync("select pg_catalog.pg_current_xact_id_if_assigned()::pg_catalog.text", cancellationToken) as string : null;
        if (id is null || !await request.Confirm(_changes, cancellationToken))
        {
            await AskAsync("rollback", cancellationToken);
            log(id is null ? "Nothing was changed." : "Rolled back.");
            return new();
        }

        pending.Send(id);
        await AskAsync(SteppedTransaction.Commit, cancellationToken);
        pending.Answer(committed: true);
        log($"Committed: {string.Join("; ", _changes)}.");
        return new() { IsCommitted = true };
    }

    // What this transaction has changed so far, whether by a statement, a function or a DO block.
    async Task<Dictionary<string, TableChange>> CountAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, TableChange> counts = [];
        if (!request.AllowsWrites)
        {
            return counts;
        }

        await using var command = new NpgsqlCommand(
            """
            select pg_catalog.format('%I.%I', schemaname, relname), n_tup_ins, n_tup_upd, n_tup_del from pg_catalog.pg_stat_xact_user_tables
            where n_tup_ins operator(pg_catalog.<>) 0 or n_tup_upd operator(pg_catalog.<>) 0 or n_tup_del operator(pg_catalog.<>) 0
            """, open.Session);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            counts[reader.GetString(0)] = new(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3));
        }

        return counts;
    }

    async Task<object?> AskAsync(string text, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(text, open.Session) { CommandTimeout = _timeout };
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    static string Milliseconds(TimeSpan time) => ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);

    string Redact(string text) => open.Connection.Redact(text);
}
