namespace LangSmithPg.Charts.Reading;

/// <summary>What a template says of a workload.</summary>
/// <param name="Template">Its path below <c>templates/</c>.</param>
/// <param name="Kind">What it runs as.</param>
/// <param name="PodValues">The values of its pods, such as <c>backend.deployment</c>.</param>
/// <param name="Condition">When it is rendered.</param>
/// <param name="Hook">When Helm runs it; null for what is no hook.</param>
/// <param name="Account">The values of its account; null when there are none.</param>
/// <param name="AccountLabels">The values that become labels of its account; null when there are none.</param>
/// <param name="HasConnection">Whether it gets the connection.</param>
/// <param name="HasCertificate">Whether it mounts the client certificate.</param>
sealed record TemplateWorkload(
    string Template,
    WorkloadKind Kind,
    string PodValues,
    Condition Condition,
    string? Hook,
    string? Account,
    string? AccountLabels,
    bool HasConnection,
    bool HasCertificate);
