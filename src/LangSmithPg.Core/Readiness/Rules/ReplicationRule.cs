using System.Globalization;
using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Servers;
using LangSmithPg.Sql;

namespace LangSmithPg.Readiness.Rules;

/// <summary>Whether COMMIT waits for a standby that is not there, and whether a slot that nobody uses fills the disk.</summary>
sealed class ReplicationRule : IReadinessRule
{
    // A log of this size is more than a standby that restarts leaves behind.
    const long MuchLog = 1L << 30;

    // What is hidden is told by HealthRule.
    public IEnumerable<Finding> Evaluate(ReadinessInput input)
    {
        if (input.Facts.Health is { } health)
        {
            yield return Standbys(input, health);
            yield return Slots(input, health);
        }
    }

    static Finding Standbys(ReadinessInput input, ServerHealth health)
    {
        var names = input.Facts.Setting("synchronous_standby_names") ?? "";
        var waits = names.Length > 0 && input.Facts.Setting("synchronous_commit") is not ("off" or "local");
        var (status, message) = (waits, health) switch
        {
            (false, _) => (FindingStatus.Pass, "No COMMIT waits for a standby."),
            (_, { Standbys: 0 }) or (_, { SynchronousStandbys: 0 }) => (FindingStatus.Fail, "Every COMMIT waits for a synchronous standby, but none is connected."),
            (_, { SynchronousStandbys: null }) => (FindingStatus.Unknown, $"Every COMMIT waits for a synchronous standby, and role {input.Facts.Role.Name} may not see whether there is one."),
            _ => (FindingStatus.Pass, "Every COMMIT waits for a synchronous standby, and one is connected."),
        };
        return input.Finding("Server.SynchronousStandby", status, message) with
        {
            Evidence = waits ? $"synchronous_standby_names = {names}; standbys: {health.Standbys}" : null,
            Why = "A COMMIT that waits for a standby that is down waits indefinitely.",
            Fix = status switch
            {
                FindingStatus.Fail => Remedy.Sql("ALTER SYSTEM SET synchronous_standby_names = '';\nSELECT pg_reload_conf();"),
                FindingStatus.Unknown => Remedy.Sql($"GRANT pg_monitor TO {SqlIdentifier.Quote(input.Facts.Role.Name)}; -- as a superuser; or check pg_stat_replication"),
                _ => null,
            },
        };
    }

    static Finding Slots(ReadinessInput input, ServerHealth health)
    {
        List<UnusedSlot> greedy = [.. health.Slots.Where(slot => slot.RetainedBytes > MuchLog)];
        return input.Finding("Server.ReplicationSlots", greedy.Count > 0 ? FindingStatus.Warning : FindingStatus.Pass,
            greedy.Count == 0
                ? "No unused replication slot retains much of the server's write-ahead log (WAL)."
                : string.Join(' ', greedy.Select(slot => $"Replication slot {slot.Name} is not in use and retains {slot.RetainedBytes / (1 << 20)} MB of write-ahead log (WAL)."))) with
        {
            Evidence = health.Slots.Count == 0 ? null : string.Join("; ", health.Slots.Select(slot => $"{slot.Name}: {slot.RetainedBytes?.ToString(CultureInfo.InvariantCulture) ?? "?"} bytes")),
            Why = "The server retains WAL for such a slot until the disk is full.",
            Fix = greedy.Count == 0
                ? null
                : Remedy.Sql("-- Only if no replica or subscriber will use it again.\n" + string.Join('\n', greedy.Select(slot => $"SELECT pg_drop_replication_slot({SqlLiteral.Quote(slot.Name)});"))),
        };
    }
}
