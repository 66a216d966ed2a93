using System.Globalization;
using LangSmithPg.Servers;

namespace LangSmithPg.Postgres.Transactions;

/// <summary>How long the server lets a session of LangSmith's take, in milliseconds; 0 for no limit.</summary>
/// <param name="Statement">One statement.</param>
/// <param name="IdleInTransaction">Waiting for the next statement of a transaction.</param>
readonly record struct SessionLimits(long Statement, long IdleInTransaction)
{
    public static SessionLimits Of(ServerFacts facts) => new(
        Milliseconds(facts, "statement_timeout"), Milliseconds(facts, "idle_in_transaction_session_timeout"));

    /// <summary>The shorter of two limits.</summary>
    public static long Shorter(long limit, long other) => other > 0 ? Math.Min(limit, other) : limit;

    static long Milliseconds(ServerFacts facts, string setting) =>
        long.TryParse(facts.Setting(setting), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : 0;
}
