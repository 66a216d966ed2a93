using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Sql;

namespace LangSmithPg.Moves.Rules;

/// <summary>Whether the target holds nothing that a restore would meet.</summary>
sealed class TargetEmptyRule : IMoveRule
{
    public IEnumerable<Finding> Evaluate(MoveInput input)
    {
        var facts = input.Target.Facts;
        var isEmpty = facts.ObjectCount == 0;
        var schemas = input.Target.Facts.Schemas.Where(schema => schema.HasObjects).Select(schema => schema.Name).ToList();
        yield return input.Finding("Move.TargetEmpty", isEmpty ? FindingStatus.Pass : FindingStatus.Fail,
            isEmpty ? "The target is empty."
            : $"The target is not empty: it has {Listing.Count(facts.ObjectCount, "object")}, such as {Listing.Of([.. facts.Objects.Take(3).Select(one => one.ToString())])}.") with
        {
            Evidence = isEmpty ? null : Listing.Of([.. facts.Objects.Select(one => one.ToString())], facts.ObjectCount),
            Why = "Objects with the same names make the restore fail, and rows would be mixed.",
            Fix = isEmpty ? null : Remedy.Sql(
                "-- Use another, empty database. Or look at what this one holds, and drop it if nobody needs it:\n"
                + "SELECT n.nspname, c.relkind, c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace\n"
                + "  WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema';\n"
                + string.Join('\n', schemas.Select(schema => $"-- DROP SCHEMA {SqlIdentifier.Quote(schema).ReplaceLineEndings("?")} CASCADE; with everything in it, extensions included"))),
        };
    }
}
