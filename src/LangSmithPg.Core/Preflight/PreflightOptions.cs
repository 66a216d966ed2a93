namespace LangSmithPg.Preflight;

/// <summary>What is up to the admin about a preflight job.</summary>
sealed record PreflightOptions
{
    /// <summary>Name of the job, unless told otherwise.</summary>
    public const string DefaultName = "langsmith-pg-preflight";

    /// <summary>
    /// The image, unless told otherwise: Microsoft no longer updates mcr.microsoft.com/powershell, and puts PowerShell into the images of
    /// the .NET SDK. That of .NET 10 has PowerShell 7.6; both are supported to November 2028.
    /// </summary>
    public const string DefaultImage = "mcr.microsoft.com/dotnet/sdk:10.0";

    /// <summary>Name of the job, and the beginning of the names of its ConfigMaps.</summary>
    public string Name { get; init; } = DefaultName;

    /// <summary>The namespace; null for the one that the values name, or that kubectl is set to.</summary>
    public string? Namespace { get; init; }

    /// <summary>An image with PowerShell 7.4 or later.</summary>
    public string Image { get; init; } = DefaultImage;

    /// <summary>The service account; null for the backend's.</summary>
    public string? AccountName { get; init; }

    /// <summary>Whether the manifest makes the service account, which Helm takes over later.</summary>
    public bool IncludeAccount { get; init; }

    /// <summary>Further labels of the pod; they win over those of the values.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> PodLabels { get; init; } = [];

    /// <summary>Further Secrets with credentials for the image's registry.</summary>
    public IReadOnlyList<string> ImagePullSecrets { get; init; } = [];

    /// <summary>The user that the container runs as, unless the values name one.</summary>
    public long RunAsUser { get; init; } = 1000;

    /// <summary>From where the pod takes this module.</summary>
    public ModuleSource Module { get; init; } = ModuleSource.Image;

    /// <summary>Version of this module.</summary>
    public required string ModuleVersion { get; init; }

    /// <summary>Whether to do in small what LangSmith's migrations will do, and roll it back.</summary>
    public bool Rehearse { get; init; }

    /// <summary>Most seconds for the server.</summary>
    public double TimeoutSeconds { get; init; } = 15;
}
