using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Servers;
using LangSmithPg.Sql;

namespace LangSmithPg.Readiness.Rules;

/// <summary>Whether the libraries of the server still sort as when the database was made.</summary>
sealed class CollationRule : IReadinessRule
{
    // What is hidden is told by HealthRule.
    public IEnumerable<Finding> Evaluate(ReadinessInput input)
    {
        if (input.Facts.Health is { } health)
        {
            yield return Collation(input, health);
        }
    }

    static Finding Collation(ReadinessInput input, ServerHealth health)
    {
        var (made, actual) = (health.CollationVersion, health.ActualCollationVersion);
        var differs = made is not null && actual is not null && made != actual;
        return input.Finding("Database.CollationVersion", made is null || actual is null ? FindingStatus.NotApplicable : differs ? FindingStatus.Warning : FindingStatus.Pass,
            made is null || actual is null ? "The database's collation has no version, or the server does not report it."
            : differs ? $"The database was created with version {made} of its collation, and the server's libraries now have {actual}."
            : $"The database's collation has version {made}, the same as the server's libraries.") with
        {
            Why = "If the sort order of text has changed, indexes on text can return wrong rows, and unique indexes can accept duplicates.",
            Fix = differs
                ? Remedy.Sql($"REINDEX DATABASE {SqlIdentifier.Quote(input.Facts.Database.Name)}; -- as its owner; blocks writes while it runs\nALTER DATABASE {SqlIdentifier.Quote(input.Facts.Database.Name)} REFRESH COLLATION VERSION;")
                : null,
        };
    }
}
