using System.Text.RegularExpressions;

namespace LangSmithPg.SupportQueries;

/// <summary>
/// Which statements are sent. The transaction itself refuses most writes; here is refused what would leave the transaction, or what a
/// read-only transaction lets pass. Source: PostgreSQL documentation, "SET TRANSACTION"; utility.c, <c>ClassifyUtilityCommandAsReadOnly</c>.
/// </summary>
static partial class StatementRules
{
    static readonly HashSet<string> Transaction = new(
        ["BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE"], StringComparer.OrdinalIgnoreCase);

    // Anything else writes, or takes a lock that others wait for.
    static readonly HashSet<string> Readers = new(
        [
            "SELECT", "WITH", "VALUES", "TABLE", "SHOW", "EXPLAIN", "SET", "RESET", "DECLARE", "FETCH", "MOVE", "CLOSE", "PREPARE", "EXECUTE", "DEALLOCATE", "DO",
            "CALL",
        ], StringComparer.OrdinalIgnoreCase);

    /// <summary>Checks a statement.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="allowsWrites">Whether it may write.</param>
    /// <param name="isUndone">Whether all that it does is to be undone.</param>
    /// <exception cref="SupportQueryException">It is not sent.</exception>
    public static StatementKind Check(ScriptStatement statement, bool allowsWrites, bool isUndone)
    {
        List<SqlToken> tokens = [.. SqlLexer.Read(statement.Text).Where(token => token.IsSignificant)];
        var kind = Classify(statement, tokens);
        if ((!allowsWrites || isUndone) && tokens.Select(token => OutsideEffects().Match(token.Text)).FirstOrDefault(match => match.Success)?.Value is { } function)
        {
            throw allowsWrites
                ? NotAllowed(statement, $"The statement names {function}, whose effect a rollback does not undo.", "Run the file without -WhatIf.")
                : Writes(statement, $"The statement names {function}, whose effect a read-only transaction does not prevent.");
        }

        return kind == StatementKind.Write && !allowsWrites ? throw Writes(statement, $"{Verb(statement.Text)} changes the database.") : kind;
    }

    /// <summary>A statement that writes, where that was not allowed.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="reason">How that is known.</param>
    public static SupportQueryException Writes(ScriptStatement statement, string reason) => new(
        SupportQueryProblemKind.WriteNotAllowed, statement.Line, $"{reason} Nothing was changed.",
        "To see what it would change, use -AllowWrite -WhatIf. To run it, use -AllowWrite; it asks before it commits.");

    /// <summary>The keyword that says what a statement does.</summary>
    public static string Verb(string text) =>
        SqlLexer.Read(text).FirstOrDefault(token => token.Kind == SqlTokenKind.Word).Text?.ToUpperInvariant() ?? "";

    static StatementKind Classify(ScriptStatement statement, List<SqlToken> tokens)
    {
        var first = tokens.SkipWhile(token => token.Is('(')).FirstOrDefault();
        if (first.Kind != SqlTokenKind.Word)
        {
            return StatementKind.Unknown;
        }

        var second = tokens.ElementAtOrDefault(1);
        if (Transaction.Contains(first.Text) || (first.Is("PREPARE") && second.Is("TRANSACTION")))
        {
            throw OfTransaction(statement, first.Text.ToUpperInvariant());
        }

        if (first.Is("SET") || first.Is("RESET"))
        {
            CheckSetting(statement, [.. tokens.Skip(1)]);
        }

        if (first.Is("COPY"))
        {
            return CopiesOut(tokens)
                ? StatementKind.Copy
                : throw NotAllowed(statement, "COPY is supported only as COPY … TO STDOUT: it would use a file or a program of the server, or data in the script.", "Use COPY … TO STDOUT, and save the output: … | Set-Content <file>");
        }

        return Readers.Contains(first.Text) ? StatementKind.Unknown : StatementKind.Write;
    }

    static void CheckSetting(ScriptStatement statement, IReadOnlyList<SqlToken> tokens)
    {
        if (tokens is [var scope, _, ..] && (scope.Is("SESSION") || scope.Is("LOCAL")) && !tokens[1].Is("AUTHORIZATION") && !tokens[1].Is("CHARACTERISTICS"))
        {
            tokens = [.. tokens.Skip(1)];
        }

        var name = tokens.Count > 0 ? tokens[0] : default;
        var setting = (name.Text ?? "").Trim('"').ToUpperInvariant();
        if (setting is "TRANSACTION" or "TRANSACTION_READ_ONLY" or "TRANSACTION_ISOLATION" or "TRANSACTION_DEFERRABLE" || (name.Is("SESSION") && tokens.ElementAtOrDefault(1).Is("CHARACTERISTICS")))
        {
            throw OfTransaction(statement, "SET TRANSACTION");
        }

        if (setting is "ROLE" or "SESSION_AUTHORIZATION" || (name.Is("SESSION") && tokens.ElementAtOrDefault(1).Is("AUTHORIZATION")))
        {
            throw NotAllowed(statement, "The statement changes the role that executes the script.", "Remove it, and connect as that role.");
        }

        if (setting == "STANDARD_CONFORMING_STRINGS" && !tokens[^1].Text.Trim('\'').Equals("on", StringComparison.OrdinalIgnoreCase))
        {
            throw NotAllowed(statement, "The statement changes how texts in quotes are read (standard_conforming_strings).", "Remove it, and write backslashes in E'…'.");
        }
    }

    // Reserved words: no table is called TO or FROM without quotes.
    static bool CopiesOut(List<SqlToken> tokens)
    {
        var depth = 0;
        for (var number = 0; number + 1 < tokens.Count; number++)
        {
            depth += tokens[number].Is('(') ? 1 : tokens[number].Is(')') ? -1 : 0;
            if (depth == 0 && (tokens[number].Is("TO") || tokens[number].Is("FROM")))
            {
                return tokens[number].Is("TO") && tokens[number + 1].Is("STDOUT");
            }
        }

        return false;
    }

    static SupportQueryException OfTransaction(ScriptStatement statement, string verb) => NotAllowed(
        statement, $"{verb} controls a transaction. The cmdlet runs the whole file in one transaction.", "Remove the statement from the file.");

    static SupportQueryException NotAllowed(ScriptStatement statement, string message, string fix) =>
        new(SupportQueryProblemKind.StatementNotAllowed, statement.Line, message, fix);

    // In texts too: a DO block may execute them. What is put together while it runs is not found.
    [GeneratedRegex(
        @"\b(pg_(terminate|cancel)_backend|pg_reload_conf|pg_rotate_logfile\w*|pg_promote|pg_switch_wal|pg_create_restore_point|pg_logical_emit_message|pg_wal_replay_(pause|resume)"
        + @"|pg_(start|stop)_backup|pg_backup_(start|stop)|pg_stat_reset\w*|pg_stat_statements_reset|pg_(create|copy|drop)\w*_replication_slot|pg_replication_slot_advance|pg_replication_origin_\w+"
        + @"|pg_sync_replication_slots|pg_logical_slot_get_\w+|pg_file_(write|rename|unlink|sync)|lo_(import|export)|dblink\w*)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OutsideEffects();
}
