using LangSmithPg.Budgets;
using LangSmithPg.Charts;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Databases;
using LangSmithPg.Helm.Linting;
using LangSmithPg.Preflight;

namespace LangSmithPg.Moves.Job;

/// <summary>
/// Finds the workloads that use databases of a release. Sources: the chart's templates; KEDA's documentation, "Scaling Deployments"; Kubernetes'
/// documentation, "Horizontal Pod Autoscaling": an autoscaler leaves a workload alone that was scaled to zero.
/// </summary>
static class MoveWorkloads
{
    /// <summary>Finds them, in the chart's order.</summary>
    /// <param name="input">The chart and the values.</param>
    /// <param name="names">The names of the release's objects.</param>
    /// <param name="databases">The databases.</param>
    public static IReadOnlyList<MoveWorkload> Find(LintInput input, ReleaseNames names, IReadOnlyCollection<ReleaseDatabase> databases)
    {
        var counts = new PodCounts(input);
        return
        [
            .. input.Components.Where(one => one.Kind == WorkloadKind.Deployment && databases.Any(database => Uses(one, database))).Select(one => new MoveWorkload
            {
                Component = one.Name,
                // A workload that was found in a chart may have a name that only Helm knows.
                Resource = $"{(counts.IsSwitchedOn(ValuesPath.Of(one.Name).Child("rollout")) is true ? "rollout.argoproj.io" : "deployment")}/{names.Of(one) ?? $"<{one.Name}>"}",
                Replicas = counts.OfDeployment(ValuesPath.Of(one.Name), one.PodValues, BudgetMoment.Default).Pods.Number,
                IsScaledByKeda = IsScaledByKeda(ValuesPath.Of(one.Name).Child("autoscaling")),
            }),
        ];

        // The agents' autoscalers have a switch above that of KEDA.
        bool IsScaledByKeda(ValuesPath autoscaling) => counts.IsSwitchedOn(autoscaling.Child("keda")) is true && counts.IsSwitchedOn(autoscaling) is not false;
    }

    // The agents connect to their own databases.
    static bool Uses(ChartComponent component, ReleaseDatabase database) =>
        component.OwnDatabase == (database.Purpose == DatabasePurpose.LangSmith ? null : database.ValuesPath.Parent?.ToString());
}
