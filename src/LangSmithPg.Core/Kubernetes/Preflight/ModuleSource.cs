namespace LangSmithPg.Kubernetes.Preflight;

/// <summary>From where the pod takes this module.</summary>
public sealed record ModuleSource
{
    ModuleSource()
    {
    }

    /// <summary>The module packed, carried by the manifest itself; null when it comes from elsewhere.</summary>
    public ReadOnlyMemory<byte>? Archive { get; private init; }

    /// <summary>A claim for a volume that holds the module or its package; null when it comes from elsewhere.</summary>
    public string? ClaimName { get; private init; }

    /// <summary>A repository for PSResourceGet; null when it comes from elsewhere.</summary>
    public Uri? Repository { get; private init; }

    /// <summary>The image has it already.</summary>
    public static ModuleSource Image { get; } = new();

    /// <summary>The manifest carries it.</summary>
    /// <param name="archive">What <see cref="ModuleArchive"/> packed.</param>
    public static ModuleSource Of(ReadOnlyMemory<byte> archive) => new() { Archive = archive };

    /// <summary>A volume holds it.</summary>
    /// <param name="claimName">Name of the PersistentVolumeClaim.</param>
    /// <exception cref="ArgumentException">The name is none that Kubernetes takes.</exception>
    public static ModuleSource Volume(string claimName) => new() { ClaimName = KubernetesNames.RequireObjectName(claimName) };

    /// <summary>A repository has it.</summary>
    /// <param name="repository">Its address.</param>
    public static ModuleSource From(Uri repository) => new() { Repository = repository };

    /// <inheritdoc/>
    public override string ToString() => this switch
    {
        { Archive: { } archive } => FormattableString.Invariant($"carried in {ModuleArchive.Split(archive).Count} ConfigMaps, {archive.Length / 1e6:0.0} MB"),
        { ClaimName: { } claim } => $"on the volume {claim}",
        { Repository: { } repository } => $"from {repository}",
        _ => "in the image",
    };
}
