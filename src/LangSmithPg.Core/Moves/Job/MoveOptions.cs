using System.Globalization;
using LangSmithPg.Preflight;

namespace LangSmithPg.Moves.Job;

/// <summary>The options of a move job.</summary>
sealed record MoveOptions
{
    /// <summary>The default name of the job.</summary>
    public const string DefaultName = "langsmith-pg-move";

    // pg_dump must not be older than the source. From 17 on, pg_restore needs a target of 17, while 16 fills all later ones, too.
    const int DefaultMajorVersion = 16;

    /// <summary>Name of the job, and the beginning of the names of its ConfigMaps.</summary>
    public string Name { get; init; } = DefaultName;

    /// <summary>The namespace; null for the one that the values name, or the current namespace of kubectl.</summary>
    public string? Namespace { get; init; }

    /// <summary>An image with PowerShell 7.4 or later, for the check and the comparison.</summary>
    public string Image { get; init; } = PreflightOptions.DefaultImage;

    /// <summary>An image with pg_dump, pg_restore and psql, for the copy; null for the one that suits most targets.</summary>
    public string? CopyImage { get; init; }

    /// <summary>The service account; null for that of a pod that uses the database.</summary>
    public string? AccountName { get; init; }

    /// <summary>Further labels of the pod; they win over those of the values.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> PodLabels { get; init; } = [];

    /// <summary>Further Secrets with credentials for the images' registry.</summary>
    public IReadOnlyList<string> ImagePullSecrets { get; init; } = [];

    /// <summary>The user that the containers run as, unless the values name one.</summary>
    public long RunAsUser { get; init; } = 1000;

    /// <summary>The source of this module in the pod.</summary>
    public ModuleSource Module { get; init; } = ModuleSource.Image;

    /// <summary>Version of this module.</summary>
    public required string ModuleVersion { get; init; }

    /// <summary>A PersistentVolumeClaim for the dump, with which a copy that was cut off can be resumed; null for a volume of the pod's own.</summary>
    public string? WorkClaim { get; init; }

    /// <summary>The number of tables that are copied and compared at a time.</summary>
    public int Jobs { get; init; } = 4;

    /// <summary>Whether to copy although other sessions use the source.</summary>
    public bool Force { get; init; }

    /// <summary>Whether the target is left as it is when the copy fails.</summary>
    public bool KeepPartial { get; init; }

    /// <summary>The maximum time to wait for a server, in seconds.</summary>
    public double TimeoutSeconds { get; init; } = 15;

    /// <summary>The image for the copy.</summary>
    /// <param name="sources">The major versions of the sources, as far as they are known.</param>
    public string CopyImageFor(IEnumerable<int?> sources) => CopyImage
        ?? string.Create(CultureInfo.InvariantCulture, $"postgres:{sources.OfType<int>().Append(DefaultMajorVersion).Max()}");
}
