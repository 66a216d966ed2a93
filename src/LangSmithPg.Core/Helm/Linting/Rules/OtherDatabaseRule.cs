using LangSmithPg.Charts;
using LangSmithPg.Readiness;

namespace LangSmithPg.Helm.Linting.Rules;

/// <summary>The chart's other databases, which stay in the cluster, or are reached without TLS, unless the values say otherwise.</summary>
sealed class OtherDatabaseRule : IValuesRule
{
    public IEnumerable<ValuesFinding> Judge(LintInput input)
    {
        if (!input.IsTrue(External.Enabled))
        {
            yield break;
        }

        foreach (var other in input.Chart.Release.OtherDatabases.Where(one => one.Path.Keys[^1] == "external" && IsOn(input, one)))
        {
            var database = new DatabaseValues(input, other.Path);
            var product = other.Path.Keys[0];
            if (!database.IsExternal)
            {
                yield return input.AtMissing(
                    "Values.OtherDatabase", FindingStatus.Warning, other.Path.Below("enabled"), $"{product} brings a PostgreSQL of its own into the cluster.") with
                {
                    Why = "An external PostgreSQL for LangSmith does not change that: its data would lie on a volume of the cluster, without your backups.",
                    Fix = $"Set {other.Path}, or switch {product} off.",
                };
            }
            else if (database.HostName is not null)
            {
                yield return input.Finding(
                    "Values.OtherDatabaseTls", FindingStatus.Warning, database.Place, $"The chart connects {product} to this database with sslmode=disable.") with
                {
                    Why = "A connection in parts gets ?sslmode=disable from the chart.",
                    Fix = $"Use {other.Path}.connectionUrl or existingSecretName.",
                };
            }
        }
    }

    static bool IsOn(LintInput input, ChartDatabase database)
    {
        var users = input.Chart.Workloads.Where(one => one.OwnDatabase == database.Path.Above?.ToString()).ToList();
        return users.Count > 0
            ? users.Exists(one => input.Chart.IsOn(one, input.Values) is true)
            : input.IsTrue(new(database.Path.Keys[0], "enabled"));
    }
}
