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
                yield return input.Finding("Values.SameDatabase", FindingStatus.Fail, database.Place, $"This is the same database as that of {seen[target]}.") with
                {
                    Why = "The migrations of both would run in one database. The chart detects this only if the strings in the values are identical.",
                    Fix = "Use a separate database for each; both can be on the same server.",
                };
            }
        }
    }

    // Where a Secret holds the connection, the entry of the Secret stands for it.
    static string? Target(LintInput input, DatabaseValues database)
    {
        if (database.SecretName is { } secret)
        {
            var key = database.Root.Equals(External.Root) ? input.Text(External.SecretKey) ?? KubernetesSecret.DefaultConnectionKey : KubernetesSecret.AgentConnectionKey;
            return Placeholder.IsIn(secret) ? null : $"{secret} {key}";
        }

        return database.Connection is { } connection ? $"{connection.HostName.TrimEnd('.').ToUpperInvariant()}:{connection.Port}/{connection.Database}" : null;
    }
}
