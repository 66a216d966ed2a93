namespace LangSmithPg.Preflight;

/// <summary>The options of a preflight job.</summary>
sealed record PreflightOptions
{
    /// <summary>The default name of the job.</summary>
    public const string DefaultName = "langsmith-pg-preflight";

    /// <summary>
    /// The default image: Microsoft no longer updates mcr.microsoft.com/powershell, and puts PowerShell into the images of
    /// the .NET SDK. That of .NET 10 has PowerShell 7.6; both are supported to November 2028.
    /// </summary>
    public const string DefaultImage = "mcr.microsoft.com/dotnet/sdk:10.0";

    /// <summary>Name of the job, and the beginning of the names of its ConfigMaps.</summary>
    public string Name { get; init; } = DefaultName;

    /// <summary>The value of the label, where several preflights are selected together; null for the name.</summary>
    public string? SelectedBy { get; init; }

    /// <summary>The namespace; null for the one that the values name, or the current namespace of kubectl.</summary>
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

    /// <summary>The source of this module in the pod.</summary>
    public ModuleSource Module { get; init; } = ModuleSource.Image;

    /// <summary>Version of this module.</summary>
    public required string ModuleVersion { get; init; }

    /// <summary>Whether to run a scaled-down version of LangSmith's migrations, and roll it back.</summary>
    public bool Rehearse { get; init; }

    /// <summary>The maximum time to wait for the server, in seconds.</summary>
    public double TimeoutSeconds { get; init; } = 15;
}
