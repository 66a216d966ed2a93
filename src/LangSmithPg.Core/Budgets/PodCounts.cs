using System.Globalization;
using LangSmithPg.Common;
using LangSmithPg.Helm.Linting;

namespace LangSmithPg.Budgets;

/// <summary>A number, and where it comes from.</summary>
readonly record struct SourcedNumber(int Number, NumberSource Source, ValuesPath? Key);

/// <summary>
/// The number of pods of the chart's workloads. An autoscaler takes the place of the replicas; its keys differ by version and workload.
/// Sources: the chart's templates; Kubernetes documentation, "Deployments", and Argo Rollouts documentation, for <c>maxSurge</c>.
/// </summary>
sealed class PodCounts(LintInput input)
{
    // Percent of the pods, rounded up.
    const int UsualSurge = 25;

    /// <summary>The pods of a Deployment, and those of them that a rolling update adds.</summary>
    /// <param name="name">Its place in the values.</param>
    /// <param name="podValues">The values of its pods.</param>
    /// <param name="moment">The moment.</param>
    public (SourcedNumber Pods, int Surge) OfDeployment(ValuesPath name, ValuesPath podValues, BudgetMoment moment)
    {
        var pods = Scaled(name.Child("autoscaling"), isMinimum: moment == BudgetMoment.Default)
            ?? Number(podValues.Child("replicas")) ?? Number(podValues.Child("replicaCount"))
            // No value: the template has it.
            ?? new(1, NumberSource.Chart, Key: null);
        var surge = moment == BudgetMoment.Rollout ? Surge(name, podValues, pods.Number) : 0;
        return (pods with { Number = pods.Number + surge }, surge);
    }

    /// <summary>The number at a path; null where there is none.</summary>
    public SourcedNumber? Number(ValuesPath path) =>
        input.Values.Find(path) is { Value: { Kind: ValueKind.Word or ValueKind.Text, Text: var text } } ? Parse(text, NumberSource.Values, path)
        : Parse(input.Chart.OwnValue($"{path}"), NumberSource.Chart, path);

    /// <summary>Whether something of the chart is on, by its key <c>enabled</c>; null where neither the values nor the chart have it.</summary>
    /// <param name="map">Its values.</param>
    public bool? IsSwitchedOn(ValuesPath map) => input.Values.Find(map.Child("enabled")) is { } found ? found.Value.IsTrue
        : input.Chart.OwnValue($"{map.Child("enabled")}") is { } own ? own == "true"
        : null;

    // The largest, where several are on.
    SourcedNumber? Scaled(ValuesPath autoscaling, bool isMinimum)
    {
        var (count, replicas) = isMinimum ? ("minReplicaCount", "minReplicas") : ("maxReplicaCount", "maxReplicas");
        List<SourcedNumber?> all =
        [
            IsOn(autoscaling.Child("hpa")) ? Number(autoscaling.Child("hpa").Child(replicas)) : null,
            IsOn(autoscaling.Child("keda")) ? Number(autoscaling.Child("keda").Child(count)) : null,
            IsOn(autoscaling) ? Number(autoscaling.Child(replicas)) : null,
        ];
        return all.OrderByDescending(one => one?.Number ?? -1).First();
    }

    int Surge(ValuesPath name, ValuesPath podValues, int pods)
    {
        var isRollout = IsOn(name.Child("rollout"));
        var strategy = isRollout ? name.Child("rollout").Child("strategy") : podValues.Child("strategy");
        if (isRollout && input.Values.Find(strategy.Child("blueGreen")) is not null)
        {
            return pods;
        }

        if (!isRollout && Text(strategy.Child("type")) == "Recreate")
        {
            return 0;
        }

        var text = Text(strategy.Child(isRollout ? "canary" : "rollingUpdate").Child("maxSurge"));
        return text?.EndsWith('%') == true && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var percent) ? Share(pods, percent)
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : Share(pods, UsualSurge);
    }

    static int Share(int pods, int percent) => (int)Math.Min(int.MaxValue, (((long)pods * percent) + 99) / 100);

    // Older charts do not read all of these keys.
    bool IsOn(ValuesPath map) => IsSwitchedOn(map) is true && input.Chart.Has(map.Child("enabled"));

    string? Text(ValuesPath path) => input.Text(path) ?? input.Chart.OwnValue($"{path}");

    static SourcedNumber? Parse(string? text, NumberSource source, ValuesPath path) =>
        // What is more has a mistake in it.
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 100_000 ? new(number, source, path) : null;
}
