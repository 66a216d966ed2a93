namespace LangSmithPg.Budgets;

/// <summary>The moment for which connections are counted.</summary>
public enum BudgetMoment
{
    /// <summary>The pods that the release starts with: the replicas, or the minimum of an autoscaler.</summary>
    Default,

    /// <summary>All pods that autoscalers may start.</summary>
    Maximum,

    /// <summary>An upgrade under full load: the maximum, the pods that a rolling update starts in addition, and the jobs.</summary>
    Rollout,
}
