using LangSmithPg.Kubernetes;

namespace LangSmithPg.Preflight;

/// <summary>The source of this module in the pod.</summary>
sealed record ModuleSource
{
    static readonly string[] Schemes = ["https://", "http://", "file://"];

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
    /// <exception cref="ArgumentException">The name is not valid in Kubernetes.</exception>
    public static ModuleSource Volume(string claimName) => new() { ClaimName = KubernetesNames.RequireObjectName(claimName) };

    /// <summary>A repository has it.</summary>
    /// <param name="address">Its address, without a login: the manifest holds no secrets.</param>
    /// <exception cref="ArgumentException">PSResourceGet does not support it, or it contains credentials.</exception>
    public static ModuleSource From(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        // Not shown where it is wrong: there may be a password in it.
        if (!Schemes.Any(scheme => address.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) || !Uri.TryCreate(address, UriKind.Absolute, out var repository))
        {
            throw new ArgumentException("The repository address is not valid: it must begin with https://, http:// or file://, and include a host or a folder.");
        }

        return repository.UserInfo.Length == 0
            ? new() { Repository = repository }
            : throw new ArgumentException($"The address of the repository at {repository.Host} contains credentials, which any user who can read the job could see.");
    }

    /// <inheritdoc/>
    public override string ToString() => this switch
    {
        { Archive: { } archive } => FormattableString.Invariant($"carried in {ModuleArchive.Split(archive).Count} ConfigMaps, {archive.Length / 1e6:0.0} MB"),
        { ClaimName: { } claim } => $"on the volume {claim}",
        { Repository: { } repository } => $"from {repository}",
        _ => "in the image",
    };
}
