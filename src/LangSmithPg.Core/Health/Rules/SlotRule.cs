using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Sql;

namespace LangSmithPg.Health.Rules;

/// <summary>Whether replication slots hold the server's WAL. The sizes are this module's own: how large the disk is, SQL cannot tell.</summary>
sealed class SlotRule() : HealthRule<ActivityFacts>(
    "Health.ReplicationSlots", "The server keeps WAL for a slot until it is read, or until the disk is full and the server stops.",
    "runtime-config-replication.html#GUC-MAX-SLOT-WAL-KEEP-SIZE", facts => facts.Activity)
{
    const long Much = 1L << 30;
    const long TooMuch = 10L << 30;

    protected override Finding Evaluate(HealthInput input, ActivityFacts facts, Finding finding)
    {
        List<SlotFacts> lost = [.. facts.Slots.Where(slot => slot.WalStatus == "lost")];
        List<SlotFacts> idle = [.. facts.Slots.Where(slot => slot is { Active: false, WalStatus: not "lost", RetainedBytes: >= Much })];
        // Who reads it now may still catch up.
        List<SlotFacts> slow = [.. facts.Slots.Where(slot => slot is { Active: true, RetainedBytes: >= TooMuch })];
        if (lost.Count + idle.Count + slow.Count == 0)
        {
            return Pass(finding, facts.Slots.Count == 0 ? "There is no replication slot." : "No replication slot holds much WAL.") with { Evidence = Evidence(facts) };
        }

        var isUnlimited = facts.Number("max_slot_wal_keep_size") is null or < 0;
        List<SlotFacts> dropped = [.. lost, .. idle];
        List<string> parts =
        [
            .. idle.Count > 0 ? [$"Nobody reads replication slot {Names(idle)}, for which the server keeps {ByteSize.Text(idle.Max(slot => slot.RetainedBytes!.Value))} of WAL{(isUnlimited ? " without a limit" : "")}."] : Array.Empty<string>(),
            .. slow.Count > 0 ? [$"The reader of replication slot {Names(slow)} is {ByteSize.Text(slow.Max(slot => slot.RetainedBytes!.Value))} of WAL behind."] : Array.Empty<string>(),
            .. lost.Count > 0 ? [$"The WAL that replication slot {Names(lost)} needs is gone."] : Array.Empty<string>(),
        ];
        return finding with
        {
            Status = isUnlimited && idle.Exists(slot => slot.RetainedBytes >= TooMuch) ? FindingStatus.Fail : FindingStatus.Warning,
            Message = string.Join(' ', parts),
            Evidence = Evidence(facts),
            Fix = dropped.Count > 0
                ? Remedy.Sql("-- Only if no replica or subscriber will use it again, or it has to be set up anew anyway.\n" + string.Join('\n', dropped.Take(5).Select(slot => $"SELECT pg_drop_replication_slot({SqlLiteral.Quote(slot.Name)});")))
                : "Check why the replica or subscriber is slow. max_slot_wal_keep_size limits what the server keeps for it.",
        };
    }

    static string Names(List<SlotFacts> slots) => Listing.Of([.. slots.Select(slot => VisibleText.Line(slot.Name))]);

    static string? Evidence(ActivityFacts facts) => facts.Slots.Count == 0 ? null
        : string.Join("; ", facts.Slots.Take(5).Select(slot => $"{slot.Name}: {slot.Type}, {(slot.Active ? "active" : "not active")}, {slot.WalStatus ?? "no WAL"}{(slot.RetainedBytes is { } bytes ? $", {ByteSize.Text(bytes)}" : "")}"));
}
