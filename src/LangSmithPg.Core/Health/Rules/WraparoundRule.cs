using LangSmithPg.Common;
using LangSmithPg.Findings;

namespace LangSmithPg.Health.Rules;

/// <summary>How far the ids of one kind are from their end: PostgreSQL refuses every write before old rows could be taken for new ones.</summary>
/// <param name="id">The id of the finding.</param>
/// <param name="noun">What the ids are called.</param>
/// <param name="freezeAge">The setting with the age at which autovacuum freezes a table in any case.</param>
/// <param name="failsafeAge">The setting with the age at which VACUUM does nothing else any more.</param>
/// <param name="ageOf">The age of a database.</param>
/// <param name="ageOfTable">The age of a table.</param>
abstract class WraparoundRule(
    string id, string noun, string freezeAge, string failsafeAge, Func<DatabaseAge, long> ageOf, Func<OldTable, long> ageOfTable) : HealthRule<ActivityFacts>(
        id, $"When the {noun}s are used up, the server refuses every command that needs a new one, until VACUUM has frozen the old rows.",
        "routine-vacuuming.html#VACUUM-FOR-WRAPAROUND", facts => facts.Activity)
{
    // Of 2^31 ids, the last 3 million are kept for the administrator.
    const long Last = (1L << 31) - 3_000_000;

    // The early warning that Amazon advises for RDS; a server that is set to freeze later is given a quarter more than that.
    const long Early = 500_000_000;

    const long DefaultFailsafe = 1_600_000_000;

    protected override Finding Evaluate(HealthInput input, ActivityFacts facts, Finding finding)
    {
        if (facts.Databases.MaxBy(ageOf) is not { } oldest)
        {
            return finding with { Message = "The server shows no database." };
        }

        var freeze = facts.Number(freezeAge) ?? 0;
        // PostgreSQL, too, takes no less than this for it.
        var critical = Math.Min(Math.Max(facts.Number(failsafeAge) ?? DefaultFailsafe, freeze + (freeze / 20)), Last);
        var early = Math.Min(Math.Max(Early, freeze + (freeze / 4)), critical);
        var age = ageOf(oldest);
        var status = age >= critical ? FindingStatus.Fail : age >= early ? FindingStatus.Warning : FindingStatus.Pass;
        var table = input.Facts.Objects.Facts?.OldestTables.MaxBy(ageOfTable);
        var isOwn = oldest.Name == input.Server.Database.Name;
        return finding with
        {
            Status = status,
            Message = $"Database {oldest.Name} has used {HealthText.Number(age)} of {HealthText.Number(Last)} {noun}s since its oldest row was frozen.",
            Evidence = $"{freezeAge} = {freeze}, {failsafeAge} = {critical}{(table is null ? "" : $"; oldest table of {input.Server.Database.Name}: {HealthText.Name(table.Schema, table.Name)}, {ageOfTable(table)}")}",
            // What holds old rows comes first: until then, VACUUM cannot freeze them.
            CausedBy = status > FindingStatus.Pass && isOwn && HorizonRule.IsHeld(facts) ? HorizonRule.Id : null,
            Fix = status == FindingStatus.Pass ? null : isOwn ? Vacuum(input, freeze) : (Remedy)$"Run VACUUM (FREEZE) in database {VisibleText.Line(oldest.Name)} as its owner or a superuser.",
        };
    }

    // The tables that keep the age of the database up. A temporary one is left over from a session that crashed: nobody but its owner can vacuum it.
    Remedy Vacuum(HealthInput input, long freeze)
    {
        List<OldTable> old = [.. (input.Facts.Objects.Facts?.OldestTables ?? []).OrderByDescending(ageOfTable).Where(table => ageOfTable(table) >= freeze)];
        return Remedy.Sql(old.Count == 0
            ? "VACUUM (FREEZE); -- in this database, as its owner or a superuser"
            : "-- Then check again: other tables may follow.\n" + string.Join('\n', old.Select(table => table.IsTemporary
                ? $"DROP TABLE {HealthText.Sql(table.Schema, table.Name)}; -- temporary, of a session that has ended"
                : $"VACUUM (FREEZE) {HealthText.Sql(table.Schema, table.Name)};")));
    }
}

/// <summary>How far the transaction ids are from their end.</summary>
sealed class TransactionIdRule() : WraparoundRule(
    "Health.TransactionIds", "transaction id", "autovacuum_freeze_max_age", "vacuum_failsafe_age", database => database.TransactionAge, table => table.TransactionAge);

/// <summary>How far the multixact ids, which stand for several transactions that lock one row, are from their end.</summary>
sealed class MultixactRule() : WraparoundRule(
    "Health.MultixactIds", "multixact id", "autovacuum_multixact_freeze_max_age", "vacuum_multixact_failsafe_age", database => database.MultixactAge, table => table.MultixactAge);
