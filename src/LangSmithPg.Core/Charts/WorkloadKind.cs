namespace LangSmithPg.Charts;

/// <summary>What Kubernetes runs a component's pods as.</summary>
public enum WorkloadKind
{
    /// <summary>A Deployment, or Argo's Rollout in its place.</summary>
    Deployment,

    /// <summary>A Job, run once for an installation or upgrade.</summary>
    Job,
}
