using System.Globalization;
using LangSmithPg.Common;
using LangSmithPg.Findings;

namespace LangSmithPg.Health.Rules;

/// <summary>Whether autovacuum keeps up with every table.</summary>
sealed class DeadRowsRule() : HealthRule<ObjectFacts>(
    "Health.DeadRows", "Every query of such a table reads the rows that nobody needs any more, and the table grows.", "routine-vacuuming.html#AUTOVACUUM", facts => facts.Objects)
{
    /// <summary>From how many dead rows a table counts: a small one has no effect.</summary>
    public const long Least = 10_000;

    /// <summary>How many times the table's own threshold they must be: autovacuum takes a while to come.</summary>
    public const int Factor = 2;

    protected override Finding Evaluate(HealthInput input, ObjectFacts facts, Finding finding)
    {
        List<TableBehind> behind = [.. facts.Behind.Where(table => table.DeadRows >= Least && table.DeadRows > Factor * table.Threshold)];
        return behind.Count == 0
            ? Pass(finding, "Autovacuum keeps up with all tables.")
            : finding with
            {
                Status = FindingStatus.Warning,
                Message = $"Autovacuum is behind on {Listing.Count(facts.BehindCount, "table")}: {Listing.Of([.. behind.Select(table => HealthText.Name(table.Schema, table.Name))], facts.BehindCount)}.",
                Evidence = string.Join("; ", behind.Take(5).Select(Evidence)),
                Fix = Remedy.Sql(string.Join('\n', behind.Take(5).SelectMany(Statements))),
            };
    }

    static string Evidence(TableBehind table) => string.Create(CultureInfo.InvariantCulture,
        $"{HealthText.Name(table.Schema, table.Name)}: {table.DeadRows} dead rows beside {table.Rows}, threshold {table.Threshold}{(table.IsDisabled ? ", autovacuum_enabled = off" : "")}, last vacuumed {(table.Vacuumed is { } time ? $"{time.UtcDateTime:yyyy-MM-dd HH:mm} UTC" : "never")}");

    static IEnumerable<string> Statements(TableBehind table)
    {
        var name = HealthText.Sql(table.Schema, table.Name);
        return table.IsDisabled ? [$"ALTER TABLE {name} RESET (autovacuum_enabled);", $"VACUUM (ANALYZE) {name};"] : [$"VACUUM (ANALYZE) {name};"];
    }
}
