using LangSmithPg.Common;
using LangSmithPg.Kubernetes;

namespace LangSmithPg.Helm.Linting.Rules;

/// <summary>Two databases of the chart that are the same one, written differently: the chart compares the texts alone.</summary>
sealed class SameDatabaseRule : IValuesRule
{
    public IEnumerable<ValuesFinding> Evaluate(LintInput input)
    {
        Dictionary<string, ValuesPath> seen = new(StringComparer.Ordinal);
        foreach (var database in input.AgentDatabases.Prepend(new(input, External.Root)))
        {
            if (database.IsExternal && Target(input, database) is { } target && !seen.TryAdd(target, database.Root))
            {
                yield return input.Finding("Values.SameDatabase", FindingStatus.Fail, database.Place, $"This is the database of {seen[target]} again.") with
                {
                    Why = "The migrations of the two would meet in one database. The chart sees it only where the texts in the values are the same.",
                    Fix = "Give each a database of its own; the server may be the same.",
                };
            }
        }
    }

    // Where a Secret holds the connection, the entry of the Secret stands for it.
    static string? Target(LintInput input, DatabaseValues database)
    {
        if (database.SecretName is { } secret)
        {
            var key = database.Root.Equals(External.Root) ? input.Text(External.SecretKey) ?? KubernetesSecret.DefaultConnectionKey : OtherDatabaseRule.SecretKey;
            return Placeholder.IsIn(secret) ? null : $"{secret} {key}";
        }

        return database.Connection is { } connection ? $"{connection.HostName.TrimEnd('.').ToUpperInvariant()}:{connection.Port}/{connection.Database}" : null;
    }
}
