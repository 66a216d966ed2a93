using LangSmithPg.Connections;

namespace LangSmithPg.Iam;

/// <summary>A cloud's identity, and what Kubernetes has to carry for pods to act under it.</summary>
sealed class WorkloadIdentity
{
    const string AwsAnnotation = "eks.amazonaws.com/role-arn";
    const string GcpAnnotation = "iam.gke.io/gcp-service-account";
    const string AzureAnnotation = "azure.workload.identity/client-id";
    const string AzureLabel = "azure.workload.identity/use";

    WorkloadIdentity(IamAuthProvider provider, params IReadOnlyList<KeyValuePair<string, string>> annotations) =>
        (Provider, Annotations) = (provider, annotations);

    /// <summary>Whose identity it is.</summary>
    public IamAuthProvider Provider { get; }

    /// <summary>Annotations of the service account.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Annotations { get; }

    /// <summary>Labels of the pods. All are texts for Kubernetes, <c>true</c> too.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> PodLabels { get; private init; } = [];

    /// <summary>A role of AWS, for IAM roles for service accounts. EKS Pod Identity needs no annotation.</summary>
    /// <param name="roleArn">The role, such as <c>arn:aws:iam::123456789012:role/langsmith</c>.</param>
    /// <exception cref="FormatException">It is no role.</exception>
    public static WorkloadIdentity Aws(string roleArn) =>
        new(IamAuthProvider.Aws, Entry(AwsAnnotation, IdentityNames.CheckRoleArn(roleArn)));

    /// <summary>A service account of Google Cloud, for Workload Identity Federation of GKE.</summary>
    /// <param name="serviceAccount">Its e-mail address, such as <c>langsmith@project.iam.gserviceaccount.com</c>.</param>
    /// <exception cref="FormatException">It is no such address.</exception>
    public static WorkloadIdentity Gcp(string serviceAccount) =>
        new(IamAuthProvider.Gcp, Entry(GcpAnnotation, IdentityNames.CheckServiceAccount(serviceAccount)));

    /// <summary>A managed identity of Azure, for Microsoft Entra Workload ID.</summary>
    /// <param name="clientId">The identity's client ID, a GUID.</param>
    /// <param name="tenantId">The tenant, a GUID; the cluster's own where it is null.</param>
    /// <exception cref="FormatException">One of them is no GUID.</exception>
    public static WorkloadIdentity Azure(string clientId, string? tenantId = null)
    {
        List<KeyValuePair<string, string>> annotations =
            [Entry(AzureAnnotation, IdentityNames.CheckGuid(clientId, "client ID", "az identity show … --query clientId"))];
        if (tenantId is not null)
        {
            annotations.Add(Entry("azure.workload.identity/tenant-id", IdentityNames.CheckGuid(tenantId, "tenant ID", "az account show --query tenantId")));
        }

        return new(IamAuthProvider.Azure, annotations) { PodLabels = [Entry(AzureLabel, "true")] };
    }

    // What says whose identity it is: the account's annotation and, where there is one, the pods' label.
    internal static (string Annotation, string? Label) KeysOf(IamAuthProvider provider) => provider switch
    {
        IamAuthProvider.Aws => (AwsAnnotation, null),
        IamAuthProvider.Gcp => (GcpAnnotation, null),
        _ => (AzureAnnotation, AzureLabel),
    };

    /// <inheritdoc/>
    public override string ToString() => $"{Provider}: {Annotations[0].Value}";

    static KeyValuePair<string, string> Entry(string key, string value) => new(key, value);
}
