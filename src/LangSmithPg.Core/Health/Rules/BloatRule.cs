using LangSmithPg.Common;
using LangSmithPg.Findings;

namespace LangSmithPg.Health.Rules;

/// <summary>Whether large tables are mostly empty, estimated from the statistics.</summary>
sealed class BloatRule() : HealthRule<ObjectFacts>(
    "Health.Bloat", "Empty space in a table takes disk, memory and time; new rows fill it only slowly.", "routine-vacuuming.html#VACUUM-FOR-SPACE-RECOVERY", facts => facts.Objects)
{
    // What is empty for good: half a table, and enough to be worth a lock.
    const long Least = 1L << 30;
    const double Share = 0.5;

    protected override Finding Evaluate(HealthInput input, ObjectFacts facts, Finding finding)
    {
        List<(LargeTable Table, long Empty)> bloated =
        [
            .. facts.LargestTables.Where(table => table.PackedBytes is not null).Select(table => (Table: table, Empty: table.HeapBytes - table.PackedBytes!.Value))
                .Where(one => one.Empty >= Least && one.Empty >= Share * one.Table.HeapBytes).OrderByDescending(one => one.Empty),
        ];
        var open = facts.LargestTables.Where(table => table.PackedBytes is null && table.HeapBytes >= Least).Select(table => HealthText.Name(table.Schema, table.Name)).ToList();
        return (bloated, open) switch
        {
            ({ Count: > 0 }, _) => finding with
            {
                Status = FindingStatus.Warning,
                Message = $"By their statistics, {(bloated.Count == 1 ? "1 large table is" : $"{bloated.Count} large tables are")} mostly empty: {Listing.Of([.. bloated.Select(one => HealthText.Name(one.Table.Schema, one.Table.Name))])}.",
                Evidence = string.Join("; ", bloated.Take(5).Select(one => $"{HealthText.Name(one.Table.Schema, one.Table.Name)}: at least {ByteSize.Text(one.Empty)} of {ByteSize.Text(one.Table.HeapBytes)}")),
                Fix = Remedy.Sql("-- Nobody can use a table while this runs, and the disk needs room for a copy of it.\n"
                    + string.Join('\n', bloated.Take(5).Select(one => $"VACUUM (FULL, ANALYZE) {HealthText.Sql(one.Table.Schema, one.Table.Name)};"))),
            },
            (_, { Count: > 0 }) => finding with
            {
                Message = $"The server does not show role {input.Server.Role.Name} the statistics of every large table, or there are none: {Listing.Of(open)}.",
                Fix = Remedy.Sql($"GRANT pg_read_all_data TO {input.QuotedRole}; -- as a superuser or the cloud's admin; or run the check as the tables' owner\nANALYZE;"),
            },
            _ => Pass(finding, "None of the largest tables is mostly empty."),
        };
    }
}
