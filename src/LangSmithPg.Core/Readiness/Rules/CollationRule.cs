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
            made is null || actual is null ? "The database's collation has no version, or the server does not tell it."
            : differs ? $"The database was made with version {made} of its collation, and the server's libraries have {actual}."
            : $"The database's collation is of version {made}, as the server's libraries are.") with
        {
            Why = "Where texts sort otherwise, indexes over texts find the wrong rows, and unique ones let doubles in.",
            Fix = differs
                ? Remedy.Sql($"REINDEX DATABASE {SqlIdentifier.Quote(input.Facts.Database.Name)}; -- as its owner; nobody can write meanwhile\nALTER DATABASE {SqlIdentifier.Quote(input.Facts.Database.Name)} REFRESH COLLATION VERSION;")
                : null,
        };
    }
}
