using LangSmithPg.Common;

namespace LangSmithPg.Charts;

/// <summary>A workload of the chart that has to do with PostgreSQL, and the values that take effect on its pods.</summary>
public sealed record ChartComponent
{
    /// <summary>Its place in the values, such as <c>backend.migrations</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it runs as.</summary>
    public required WorkloadKind Kind { get; init; }

    /// <summary>The values that it depends on, such as <c>fleet.enabled and fleet.queue.enabled</c>; <c>always</c> when there are none.</summary>
    public required string EnabledWhen
    {
        get;
        init => (field, Condition) = (value, Condition.Parse(value));
    }

    internal Condition Condition { get; private init; } = Condition.Always;

    /// <summary>Whether it is there unless the values say otherwise; null when that is not known.</summary>
    public required bool? OnByDefault { get; init; }

    /// <summary>Its account.</summary>
    public required ChartServiceAccount ServiceAccount { get; init; }

    /// <summary>Whether its pods get the connection. The others have the client certificate mounted, and no more.</summary>
    public bool HasConnection { get; init; } = true;

    /// <summary>Whether its pods mount the client certificate when there is one.</summary>
    public bool MountsClientCertificate { get; init; }

    /// <summary>Its object's name after the full name of the release; null when that is not known.</summary>
    public string? NameSuffix { get; init; }

    /// <summary>Its template in the chart; null when that is not known.</summary>
    public string? Template { get; init; }

    /// <summary>When Helm runs it, as in its annotation <c>helm.sh/hook</c>; null for what is no hook.</summary>
    public string? Hook { get; init; }

    /// <summary>The values of a database of its own, to which it connects beside or in place of LangSmith's; null when it has none.</summary>
    public string? OwnDatabase { get; init; }

    /// <summary>Whether LangSmith's page on external PostgreSQL names it.</summary>
    public bool IsInDocs { get; init; }

    /// <summary>Whether the catalogue knows it. What it does not know was worked out from a chart.</summary>
    public bool IsKnown { get; init; } = true;

    /// <summary>The values of its pods, such as <c>backend.deployment</c>.</summary>
    public ValuesPath PodValues
    {
        get => field ?? ValuesPath.Of(Kind == WorkloadKind.Deployment ? $"{Name}.deployment" : Name);
        init;
    }

    /// <summary>The values that become labels of its pods.</summary>
    public ValuesPath Labels => PodValues.Child("labels");

    /// <summary>The values that become annotations of its pods.</summary>
    public ValuesPath Annotations
    {
        get => field ?? PodValues.Child("annotations");
        init;
    }

    /// <summary>The values that become the security context of its pods.</summary>
    public ValuesPath PodSecurityContext => PodValues.Child("podSecurityContext");

    /// <summary>Whether <c>commonPodAnnotations</c> reaches its pods. <c>commonLabels</c> reaches all pods.</summary>
    public bool GetsCommonPodAnnotations { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>What Kubernetes runs a component's pods as.</summary>
public enum WorkloadKind
{
    /// <summary>A Deployment, or Argo's Rollout in its place.</summary>
    Deployment,

    /// <summary>A Job, run once for an installation or upgrade.</summary>
    Job,
}
