using LangSmithPg.Readiness;

namespace LangSmithPg.Helm.Linting.Rules;

/// <summary>Two databases of the chart that are the same one, written differently: the chart compares the texts alone.</summary>
sealed class SameDatabaseRule : IValuesRule
{
    public IEnumerable<ValuesFinding> Judge(LintInput input)
    {
        Dictionary<string, ValuesPath> seen = new(StringComparer.Ordinal);
        foreach (var path in input.Chart.Release.OtherDatabases.Select(one => one.Path).Prepend(External.Root))
        {
            var database = new DatabaseValues(input, path);
            if (!database.IsExternal || database.Connection is not { } connection)
            {
                continue;
            }

            var target = $"{connection.HostName.TrimEnd('.').ToUpperInvariant()}:{connection.Port}/{connection.Database}";
            if (!seen.TryAdd(target, path))
            {
                yield return input.Finding("Values.SameDatabase", FindingStatus.Fail, database.Place, $"This is the database of {seen[target]} again.") with
                {
                    Why = "The migrations of the two would meet in one database. The chart sees it only where the texts are the same.",
                    Fix = "Give each a database of its own; the server may be the same.",
                };
            }
        }
    }
}
