namespace LangSmithPg.Clouds;

/// <summary>
/// What a cloud says of a server, which SQL cannot tell: the description that its tools give. Null is what the description does not say.
/// </summary>
/// <param name="Provider">The cloud's service.</param>
/// <param name="Name">The server's name in the cloud.</param>
sealed record CloudServer(ServerProvider Provider, string Name)
{
    /// <summary>The Azure resource group.</summary>
    public string? ResourceGroup { get; init; }

    /// <summary>Whether it is an Amazon RDS cluster and not an instance.</summary>
    public bool IsCluster { get; init; }

    /// <summary>The size's name, such as <c>Standard_D4ds_v5</c>, <c>db.r6g.large</c> or <c>db-custom-4-15360</c>.</summary>
    public string? InstanceType { get; init; }

    /// <summary>The state in the cloud's own word, such as <c>Ready</c> or <c>stopped</c>.</summary>
    public string? State { get; init; }

    /// <summary>Whether a standby takes over when the server fails.</summary>
    public bool? IsHighlyAvailable { get; init; }

    /// <summary>For how many days backups are kept; 0 where there are none.</summary>
    public int? BackupRetentionDays { get; init; }

    /// <summary>Whether a backup can be restored as of any moment.</summary>
    public bool? RestoresPointInTime { get; init; }

    /// <summary>The latest moment that can be restored.</summary>
    public DateTimeOffset? LatestRestorableTime { get; init; }

    /// <summary>Whether the server has an address on the internet.</summary>
    public bool? IsPublic { get; init; }

    /// <summary>Whether the storage grows before it is full.</summary>
    public bool? StorageGrows { get; init; }

    /// <summary>The storage in GiB, in the clouds' own words GB.</summary>
    public int? StorageSize { get; init; }

    /// <summary>When the certificate ends that the cloud issued: the server's own, or at Google its authority's.</summary>
    public DateTimeOffset? CertificateExpires { get; init; }

    /// <summary>Whether the server accepts logins of the cloud's identities.</summary>
    public bool? AcceptsIdentities { get; init; }

    /// <summary>Whether the server accepts logins with a password.</summary>
    public bool? AcceptsPasswords { get; init; }

    /// <summary>The settings that Cloud SQL calls database flags, as <c>name=value</c>.</summary>
    public IReadOnlyList<string> DatabaseFlags { get; init; } = [];

    /// <summary>The size that the instance type stands for.</summary>
    public InstanceSize Size => InstanceSizes.Find(InstanceType);
}
