using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Sql;

namespace LangSmithPg.Moves.Rules;

/// <summary>Whether the source's role may read everything: pg_dump fails on the first table that it may not.</summary>
sealed class ReadRule : IMoveRule
{
    const string Why = "pg_dump reads every table, sequence and large object, and fails on the first one that it cannot read in full.";

    public IEnumerable<Finding> Evaluate(MoveInput input)
    {
        var (facts, role) = (input.Source.Facts, input.Source.Server.Role.Name);
        if (facts.UnreadableCount > 0)
        {
            yield return input.Finding("Move.Read", FindingStatus.Fail,
                $"Role {role} may not read {facts.UnreadableCount} of the tables and sequences of the source: {Listing.Of(facts.Unreadable, facts.UnreadableCount)}.") with
            {
                Why = Why,
                Fix = Remedy.Sql($"GRANT pg_read_all_data TO {SqlIdentifier.Quote(role)}; -- on the source, as a superuser or the cloud's admin"),
            };
        }
        else if (facts.Filtered.Count > 0)
        {
            yield return input.Finding("Move.Read", FindingStatus.Fail,
                $"Row-level security shows role {role} only a part of {Listing.Count(facts.Filtered.Count, "table")} of the source: {Listing.Of(facts.Filtered)}.") with
            {
                Why = Why,
                Fix = Remedy.Sql($"ALTER ROLE {SqlIdentifier.Quote(role)} BYPASSRLS; -- on the source, as a superuser; or connect to the source as the tables' owner"),
            };
        }
        else if (facts.UnreadableLargeObjects.Count > 0)
        {
            yield return input.Finding("Move.Read", FindingStatus.Fail, $"Role {role} may not read {Listing.Count(facts.UnreadableLargeObjects.Count, "large object")} of the source.") with
            {
                Why = Why,
                Fix = Remedy.Sql($"GRANT SELECT ON LARGE OBJECT {string.Join(", ", facts.UnreadableLargeObjects)} TO {SqlIdentifier.Quote(role)}; -- on the source, as their owner"),
            };
        }
        else
        {
            yield return input.Finding("Move.Read", FindingStatus.Pass,
                $"Role {role} may read the {Listing.Count(facts.TableCount, "table")} of the source{(facts.LargeObjects > 0 ? $" and its {Listing.Count(facts.LargeObjects, "large object")}" : "")}.") with
            {
                Why = Why,
            };
        }
    }
}
