using LangSmithPg.Charts;
using LangSmithPg.Common;
using LangSmithPg.Kubernetes;

namespace LangSmithPg.Helm.Linting.Rules;

/// <summary>The chart's other databases, which stay in the cluster, or are reached without TLS, unless the values say otherwise.</summary>
sealed class OtherDatabaseRule : IValuesRule
{
    public IEnumerable<ValuesFinding> Evaluate(LintInput input)
    {
        if (!input.IsTrue(External.Enabled))
        {
            yield break;
        }

        foreach (var other in input.Chart.OtherDatabases.Where(one => one.Path.Keys[^1] == "external" && input.IsOn(one)))
        {
            var database = new DatabaseValues(input, other.Path);
            var product = string.Join('.', other.Path.Keys.TakeWhile(key => key is not ("postgres" or "taskdb")));
            var isAgent = LintInput.IsAgent(other);
            if (!database.IsExternal)
            {
                yield return input.AtMissing(
                    "Values.OtherDatabase", FindingStatus.Warning, other.Path.Child("enabled"), $"{product} installs its own PostgreSQL in the cluster.") with
                {
                    Why = "An external PostgreSQL for LangSmith does not change that: the data would be stored on a volume in the cluster, without your backups.",
                    Fix = $"Set {other.Path.Child("enabled")} to true and {other.Path.Child("existingSecretName")} to the name of a Secret "
                        + (isAgent
                            ? $"that contains postgres://user:password@host/database of a separate database under the key {KubernetesSecret.AgentConnectionKey}. "
                            : "with the keys postgres_host, postgres_db, postgres_user and postgres_password. ")
                        + $"Or disable {product}: {Off(input, other)}.",
                };
            }
            else if (database.HostName is not null && (isAgent || !input.IsTrue(other.Path.Child("useSsl"))))
            {
                yield return input.Finding(
                    "Values.OtherDatabaseTls", FindingStatus.Warning, database.Place,
                    isAgent ? $"The chart connects {product} to this database with sslmode=disable." : $"{product} connects to this database without TLS.") with
                {
                    Why = isAgent ? "The chart adds ?sslmode=disable to a connection that is specified in parts." : "The password and all data may be sent over the network in clear text.",
                    Fix = isAgent ? $"Use {other.Path}.connectionUrl or existingSecretName." : $"Set {other.Path.Child("useSsl")} to true.",
                };
            }
        }
    }

    // Of what its pods depend on, that which is on and is not one of them alone: "insights.enabled", not "insights.queue.enabled".
    static string Off(LintInput input, ChartDatabase database)
    {
        if (database.EnabledWhen is { } condition)
        {
            // What is off unless somebody switches it on, and nearest to the database.
            return $"set {condition.Paths.Where(input.Chart.Release.OffByDefault.Contains).MaxBy(path => path.Split('.').Length)} to false";
        }

        var switches = input.Users(database).SelectMany(one => one.Condition.Paths).Distinct(StringComparer.Ordinal)
            .Where(path => path.Split('.') is [_, "enabled"] && input.Chart.IsTrue(path, input.Values)).ToList();
        return $"set {string.Join(" and ", switches.Count > 0 ? switches : [$"{database.Path.Keys[0]}.enabled"])} to false";
    }
}
