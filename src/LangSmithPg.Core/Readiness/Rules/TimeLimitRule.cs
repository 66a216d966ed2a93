using System.Globalization;
using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Servers;
using LangSmithPg.Sql;

namespace LangSmithPg.Readiness.Rules;

/// <summary>
/// Whether time limits of the server, the database or the role end what LangSmith does. Judged is what holds for its sessions, wherever it
/// is set. The thresholds are this module's own: migrations build indexes, and pools keep connections.
/// </summary>
sealed class TimeLimitRule : IReadinessRule
{
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    static readonly TimeLimit[] Limits =
    [
        new("statement_timeout", Minute, Hour, "cancels a statement, such as the creation of an index"),
        new("transaction_timeout", Minute, Hour, "ends a transaction, such as a migration"),
        new("idle_in_transaction_session_timeout", TimeSpan.FromSeconds(10), Minute, "ends a session that is idle in a transaction"),
        new("idle_session_timeout", TimeSpan.FromSeconds(10), Hour, "ends a connection that is idle in a pool"),
    ];

    public IEnumerable<Finding> Evaluate(ReadinessInput input)
    {
        // LangSmith sets its own on connecting, which a pooler may drop.
        IEnumerable<TimeLimit> limits = input.Pooler is null
            ? Limits
            : [.. Limits, new("lock_timeout", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), "cancels a statement that waits for a lock")];
        List<(TimeLimit Limit, TimeSpan Value)> tight = [.. limits.Select(limit => (limit, Value: ValueOf(input, limit.Name))).Where(one => one.Value > TimeSpan.Zero && one.Value < one.limit.Comfortable)];
        var fails = tight.Exists(one => one.Value < one.Limit.Least);
        var set = limits.Select(limit => (limit.Name, Value: ValueOf(input, limit.Name))).Where(one => one.Value > TimeSpan.Zero).ToList();
        yield return input.Finding("Session.TimeLimits", fails ? FindingStatus.Fail : tight.Count > 0 ? FindingStatus.Warning : FindingStatus.Pass,
            tight.Count == 0
                ? "No time limit interferes with LangSmith."
                : string.Join(' ', tight.Select(one => $"{one.Limit.Name} is {Text(one.Value)}, and {one.Limit.What}.")))
            with
            {
                Evidence = set.Count == 0 ? null : string.Join("; ", set.Select(one => $"{one.Name} = {Text(one.Value)}")),
                Why = "They apply to every LangSmith session, including migrations.",
                Fix = tight.Count == 0 ? null : Remedy.Sql(string.Join('\n', tight.Select(one => Reset(input.Facts, one.Limit.Name)))),
            };
    }

    // What is set for a role in a database comes before all else.
    static string Reset(ServerFacts facts, string setting) =>
        $"ALTER ROLE {SqlIdentifier.Quote(facts.Role.SessionUser)} IN DATABASE {SqlIdentifier.Quote(facts.Database.Name)} SET {setting} = 0;";

    static TimeSpan ValueOf(ReadinessInput input, string setting) =>
        long.TryParse(input.Facts.Setting(setting), CultureInfo.InvariantCulture, out var milliseconds) ? TimeSpan.FromMilliseconds(milliseconds) : TimeSpan.Zero;

    static string Text(TimeSpan time) => time < TimeSpan.FromSeconds(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms")
        : time < Minute ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0.##} min");

    /// <param name="Name">The setting.</param>
    /// <param name="Least">What is shorter makes LangSmith fail.</param>
    /// <param name="Comfortable">What is shorter may.</param>
    /// <param name="What">What it does, to be read behind its name.</param>
    sealed record TimeLimit(string Name, TimeSpan Least, TimeSpan Comfortable, string What);
}
