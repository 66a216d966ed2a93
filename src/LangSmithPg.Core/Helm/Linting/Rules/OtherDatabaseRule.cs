using LangSmithPg.Charts;
using LangSmithPg.Readiness;

namespace LangSmithPg.Helm.Linting.Rules;

/// <summary>The chart's other databases, which stay in the cluster, or are reached without TLS, unless the values say otherwise.</summary>
sealed class OtherDatabaseRule : IValuesRule
{
    // The same in every version, and no value renames it.
    const string SecretKey = "postgres_connection_url";

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
                    Fix = $"Set {other.Path.Below("enabled")} to true and {other.Path.Below("existingSecretName")} to the name of a Secret that holds postgres://user:password@host/database "
                        + $"of a database of its own under the key {SecretKey}. Or do without {product}: {Off(input, other)}.",
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
        var users = Users(input, database).ToList();
        return users.Count > 0
            ? users.Exists(one => input.Chart.IsOn(one, input.Values) is true)
            : input.IsTrue(new(database.Path.Keys[0], "enabled"));
    }

    static IEnumerable<ChartComponent> Users(LintInput input, ChartDatabase database) =>
        input.Chart.Workloads.Where(one => one.OwnDatabase == database.Path.Above?.ToString());

    // Of what its pods depend on, that which is on and is not one of them alone: "insights.enabled", not "insights.queue.enabled".
    static string Off(LintInput input, ChartDatabase database)
    {
        var switches = Users(input, database).SelectMany(one => ValuesCondition.Parse(one.EnabledWhen).Paths).Distinct(StringComparer.Ordinal)
            .Where(path => path.Split('.') is [_, "enabled"] && input.Chart.IsTrue(path, input.Values)).ToList();
        return $"set {string.Join(" and ", switches.Count > 0 ? switches : [$"{database.Path.Keys[0]}.enabled"])} to false";
    }
}
