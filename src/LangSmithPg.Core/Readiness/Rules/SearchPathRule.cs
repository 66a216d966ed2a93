using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Findings;
using LangSmithPg.Sql;

namespace LangSmithPg.Readiness.Rules;

/// <summary>Whether what has no setting for its schema creates its tables in the one that was checked. LangSmith itself sets its search_path.</summary>
sealed class SearchPathRule : IReadinessRule
{
    public IEnumerable<Finding> Evaluate(ReadinessInput input)
    {
        var (schema, product) = (input.Facts.Schema, input.Requirements.Product);
        // Until it is created, the path does not show it.
        if (input.Connection.Purpose == DatabasePurpose.LangSmith || !schema.Exists)
        {
            yield break;
        }

        var first = input.Facts.SearchPath.FirstOrDefault(one => one != "pg_catalog");
        var isReached = first == schema.Name;
        yield return input.Finding("Session.SearchPath", isReached ? FindingStatus.Pass : FindingStatus.Fail,
            isReached ? $"{product} creates its tables in schema {schema.Name}."
            : first is null ? $"{product} cannot create tables: no schema of its search_path exists and can be used."
            : $"{product} would create its tables in schema {first}, not in {schema.Name}: the chart has no setting for the schema of this database.") with
        {
            Evidence = $"search_path leads to {(input.Facts.SearchPath.Count == 0 ? "no schema" : string.Join(", ", input.Facts.SearchPath))}.",
            Why = "Objects without a schema are created in the first schema of search_path.",
            Fix = isReached ? null : Remedy.Sql(
                $"ALTER ROLE {SqlIdentifier.Quote(input.Facts.Role.SessionUser)} IN DATABASE {SqlIdentifier.Quote(input.Facts.Database.Name)} SET search_path = {SqlIdentifier.Quote(schema.Name)};"),
        };
    }
}
