using System.Globalization;
using LangSmithPg.Common;
using LangSmithPg.Findings;

namespace LangSmithPg.Health.Rules;

/// <summary>Whether a sequence, or the column that takes its values, is near its end. The limits are this module's own.</summary>
sealed class SequenceRule() : HealthRule<SequenceFacts>(
    "Health.Sequences", "After the last value, every INSERT into the table fails.", "datatype-numeric.html#DATATYPE-SERIAL", facts => facts.Sequences)
{
    /// <summary>How many sequences are read at most.</summary>
    public const long MostRead = 10_000;

    const double Near = 0.7;
    const double TooNear = 0.9;

    protected override Finding Evaluate(HealthInput input, SequenceFacts facts, Finding finding)
    {
        List<SequencePosition> near = [.. facts.Sequences.Where(sequence => sequence.Used >= Near)];
        return (near.Count, facts.HiddenCount) switch
        {
            (> 0, _) => finding with
            {
                Status = near[0].Used >= TooNear ? FindingStatus.Fail : FindingStatus.Warning,
                Message = $"{(near.Count == 1 ? "1 sequence is" : $"{near.Count} sequences are")} near the end: {Listing.Of([.. near.Select(Describe)])}.",
                Evidence = string.Join("; ", near.Take(5).Select(sequence => string.Create(CultureInfo.InvariantCulture, $"{HealthText.Name(sequence.Schema, sequence.Name)}: last value {sequence.Last}, {sequence.Used:P1} used"))),
                Fix = Remedy.Sql(string.Join('\n', near.Take(5).SelectMany(Statements).Distinct())),
            },
            (_, > 0) => finding with
            {
                Message = $"Role {input.Server.Role.Name} may not read {facts.HiddenCount} of {Listing.Count(facts.Count, "sequence")}.",
                Fix = Remedy.Sql(string.Join('\n', facts.HiddenSchemas.Select(schema => $"GRANT SELECT ON ALL SEQUENCES IN SCHEMA {Sql.SqlIdentifier.Quote(schema)} TO {input.QuotedRole}; -- as their owner"))),
            },
            (_, _) when facts.ReadCount < facts.Count => finding with
            {
                Message = $"None of the {HealthText.Number(facts.ReadCount)} sequences with the least room is near its end, but there are {HealthText.Number(facts.Count)}.",
            },
            _ => Pass(finding, "No sequence is near its end."),
        };
    }

    static string Describe(SequencePosition sequence) => sequence is { TableSchema: { } schema, TableName: { } table, Column: { } column }
        ? $"{HealthText.Name(schema, table)}.{VisibleText.Line(column)} ({HealthText.Percent(sequence.Used)})"
        : $"{HealthText.Name(sequence.Schema, sequence.Name)} ({HealthText.Percent(sequence.Used)})";

    static IEnumerable<string> Statements(SequencePosition sequence)
    {
        if (sequence is { Bits: < 63, TableSchema: { } schema, TableName: { } table, Column: { } column })
        {
            yield return $"ALTER TABLE {HealthText.Sql(schema, table)} ALTER COLUMN {Sql.SqlIdentifier.Quote(column)} TYPE bigint; -- rewrites the table, which nobody can use meanwhile";
        }

        // The sequence of an identity column changes with its column.
        if (sequence.IsSmall && !(sequence.IsIdentity && sequence.Bits < 63))
        {
            yield return $"ALTER SEQUENCE {HealthText.Sql(sequence.Schema, sequence.Name)} AS bigint;";
        }

        yield return $"ALTER SEQUENCE {HealthText.Sql(sequence.Schema, sequence.Name)} NO MINVALUE NO MAXVALUE;";
    }
}
