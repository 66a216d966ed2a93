using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Servers;
using LangSmithPg.Sql;

namespace LangSmithPg.Readiness.Rules;

/// <summary>Whether a prepared transaction in doubt holds its locks.</summary>
sealed class PreparedTransactionRule : IReadinessRule
{
    // A transaction manager is done within this time.
    const int LongInDoubt = 60;

    // What is hidden is told by HealthRule.
    public IEnumerable<Finding> Evaluate(ReadinessInput input)
    {
        if (input.Facts.Health is { } health)
        {
            yield return Prepared(input, health);
        }
    }

    static Finding Prepared(ReadinessInput input, ServerHealth health)
    {
        List<PreparedTransaction> old = [.. health.PreparedTransactions.Where(one => one.Seconds >= LongInDoubt)];
        return input.Finding("Database.PreparedTransactions", old.Count > 0 ? FindingStatus.Warning : FindingStatus.Pass,
            old.Count == 0
                ? "No prepared transaction is in doubt."
                : $"{(old.Count == 1 ? "A prepared transaction is" : $"{old.Count} prepared transactions are")} in doubt, and {(old.Count == 1 ? "holds its" : "hold their")} locks.") with
        {
            Evidence = health.PreparedTransactions.Count == 0 ? null : string.Join("; ", health.PreparedTransactions.Select(one => $"{one.Id} of {one.Owner}, for {one.Seconds} s")),
            Why = "A migration waits for such a lock indefinitely, and pg_blocking_pids does not list a session for it.",
            Fix = old.Count == 0
                ? null
                : Remedy.Sql("-- Or COMMIT PREPARED, as the application that prepared it has decided.\n" + string.Join('\n', old.Select(one => $"ROLLBACK PREPARED {SqlLiteral.Quote(one.Id)};"))),
        };
    }
}
