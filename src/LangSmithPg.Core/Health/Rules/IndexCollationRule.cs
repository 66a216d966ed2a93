using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Sql;

namespace LangSmithPg.Health.Rules;

/// <summary>Whether the libraries of the server still sort by the collations of indexes as when these were created. The database's own is a finding of its own.</summary>
sealed class IndexCollationRule() : HealthRule<ObjectFacts>(
    "Health.IndexCollations", "If the sort order of text has changed, indexes can return wrong rows, and unique indexes can accept duplicates.",
    "sql-altercollation.html#SQL-ALTERCOLLATION-NOTES", facts => facts.Objects)
{
    protected override Finding Evaluate(HealthInput input, ObjectFacts facts, Finding finding)
    {
        List<CollationVersion> changed = [.. facts.Collations.Where(collation => collation.ActualVersion is not null && collation.ActualVersion != collation.Version)];
        var database = SqlIdentifier.Quote(input.Server.Database.Name);
        return changed.Count == 0
            ? Pass(finding, "The collations of all indexes have the versions of the server's libraries, or none.")
            : finding with
            {
                Status = FindingStatus.Warning,
                Message = $"The server's libraries have other versions of {Listing.Count(changed.Count, "collation")} than the indexes were created with: {Listing.Of([.. changed.Select(collation => HealthText.Name(collation.Schema, collation.Name))])}.",
                Evidence = string.Join("; ", changed.Take(5).Select(collation => $"{HealthText.Name(collation.Schema, collation.Name)}: {collation.Version}, now {collation.ActualVersion}")),
                Fix = Remedy.Sql($"REINDEX DATABASE {database}; -- as its owner; blocks writes while it runs\n"
                    + string.Join('\n', changed.Take(20).Select(collation => $"ALTER COLLATION {HealthText.Sql(collation.Schema, collation.Name)} REFRESH VERSION;"))),
            };
    }
}
