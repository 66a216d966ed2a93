using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Documents;

namespace LangSmithPg.Preflight;

/// <summary>What the pods of LangSmith that use a database have under some values, as far as it bears on their way to PostgreSQL.</summary>
sealed record PreflightPod
{
    /// <summary>What the database is for.</summary>
    public required DatabasePurpose Purpose { get; init; }

    /// <summary>Name of the release.</summary>
    public required string ReleaseName { get; init; }

    /// <summary>Name of the object that the pods belong to, such as <c>langsmith-backend</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The namespace that the values name; null for the one that Helm is told.</summary>
    public string? Namespace { get; init; }

    /// <summary>Name of the service account.</summary>
    public required string AccountName { get; init; }

    /// <summary>The values of the service account, such as <c>backend.serviceAccount</c>.</summary>
    public required ValuesPath AccountValues { get; init; }

    /// <summary>Whether the chart makes the service account. Otherwise it is there already, or has to be made by somebody else.</summary>
    public bool IsAccountOfChart { get; init; } = true;

    /// <summary>Annotations of the service account that the chart makes.</summary>
    public DocumentMap? AccountAnnotations { get; init; }

    /// <summary>Labels, without the one of the component, by which Services, Deployments and disruption budgets tell their pods.</summary>
    public required DocumentMap Labels { get; init; }

    /// <summary>Annotations, such as those for a service mesh.</summary>
    public DocumentMap? Annotations { get; init; }

    /// <summary>The security context of the pods.</summary>
    public DocumentMap? SecurityContext { get; init; }

    /// <summary>Where the pods may run: <c>nodeSelector</c>, <c>affinity</c>, <c>tolerations</c>.</summary>
    public required DocumentMap Scheduling { get; init; }

    /// <summary>How the pods look up names; null as the cluster has it.</summary>
    public DocumentNode? Dns { get; init; }

    /// <summary>Credentials for registries of images.</summary>
    public DocumentNode? ImagePullSecrets { get; init; }

    /// <summary>The variables that lead to the database, in the order in which the chart sets them.</summary>
    public required IReadOnlyList<PodVariable> Variables { get; init; }

    /// <summary>Whether the Secret of the connection comes with the release, and is not there before it.</summary>
    public bool IsSecretOfChart { get; init; }

    /// <summary>Whether tokens of a cloud log in.</summary>
    public bool UsesIam { get; init; }

    /// <summary>The CA certificates to trust; null for those of the image.</summary>
    public SecretReference? Authorities { get; init; }

    /// <summary>The client certificate; null for none.</summary>
    public SecretReference? ClientCertificate { get; init; }

    /// <summary>Its private key.</summary>
    public SecretReference? ClientKey { get; init; }

    /// <summary>Where the connection lies: one key for a URL, several for its parts.</summary>
    public IEnumerable<SecretReference> Connection => Variables.Select(variable => variable.Secret).OfType<SecretReference>();

    /// <summary>The Secrets that are mounted.</summary>
    public IEnumerable<SecretReference> Mounts => ((SecretReference?[])[Authorities, ClientCertificate, ClientKey]).OfType<SecretReference>();

    /// <summary>Whether both can be one pod, whose containers differ.</summary>
    /// <param name="other">The other pod.</param>
    public bool IsLike(PreflightPod other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return AccountName == other.AccountName && Same(Labels, other.Labels) && Same(Annotations, other.Annotations)
            && Same(SecurityContext, other.SecurityContext) && Same(Scheduling, other.Scheduling);
    }

    // The order of entries says nothing, and an empty map no more than none.
    static bool Same(DocumentNode? one, DocumentNode? other) => (one, other) switch
    {
        (DocumentMap { Entries.Count: 0 }, null) or (null, DocumentMap { Entries.Count: 0 }) => true,
        (DocumentMap a, DocumentMap b) => a.Entries.Count == b.Entries.Count && a.Entries.All(entry => b[entry.Key] is { } value && Same(entry.Value, value)),
        (DocumentList a, DocumentList b) => a.Items.Count == b.Items.Count && a.Items.Zip(b.Items, Same).All(same => same),
        _ => Equals(one, other),
    };
}

/// <summary>A variable of a pod's environment: a text, or what is in a Secret.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its text; null where a Secret holds it.</param>
/// <param name="Secret">Where it lies in a Secret; null for a text.</param>
sealed record PodVariable(string Name, string? Value, SecretReference? Secret = null);
