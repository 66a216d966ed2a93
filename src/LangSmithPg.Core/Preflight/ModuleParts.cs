using System.Globalization;
using System.Security.Cryptography;
using LangSmithPg.Documents;
using static LangSmithPg.Preflight.JobParts;

namespace LangSmithPg.Preflight;

/// <summary>How this module comes into the pods of a job: what of that is in its manifest.</summary>
/// <param name="source">The source of the module.</param>
/// <param name="version">Its version.</param>
/// <param name="jobName">Name of the job, with which the names of ConfigMaps begin.</param>
sealed class ModuleParts(ModuleSource source, string version, string jobName)
{
    const string Folder = "/modules";
    const string Volume = "modules";
    const int LineLength = 120;

    readonly IReadOnlyList<ReadOnlyMemory<byte>> _parts = source.Archive is { } archive ? ModuleArchive.Split(archive) : [];

    /// <summary>The names of the ConfigMaps that carry it.</summary>
    public IEnumerable<string> ConfigMapNames => _parts.Select((_, index) => Name(index));

    /// <summary>The arguments of a script that finds it with <see cref="ModuleScript"/>.</summary>
    public IReadOnlyList<string> Arguments =>
    [
        "-ModuleVersion", version,
        .. source switch
        {
            { Archive: { } archive } => ["-ModuleHash", Convert.ToHexString(SHA256.HashData(archive.Span))],
            { ClaimName: not null } => ["-ModuleFolder", Folder],
            { Repository: { } repository } => ["-Repository", repository.AbsoluteUri],
            _ => (string[])[],
        },
    ];

    /// <summary>The ConfigMaps that carry it.</summary>
    /// <param name="metadata">What makes the metadata of an object of that name.</param>
    public IEnumerable<DocumentMap> ConfigMaps(Func<string, DocumentMap> metadata) => _parts.Select((part, index) =>
    {
        // In lines, as editors and git like them better than a million characters in a row. Kubernetes passes over their ends.
        var lines = Convert.ToBase64String(part.Span).Chunk(LineLength).Select(line => new string(line));
        return ConfigMap(metadata(Name(index)), "binaryData", [(string.Create(CultureInfo.InvariantCulture, $"module.zip.{index + 1:00}"), string.Join('\n', lines) + "\n")]);
    });

    /// <summary>What is mounted besides the script and the ConfigMaps.</summary>
    public IEnumerable<DocumentNode> Mounts() => source.ClaimName is null ? [] : [Mount(Volume, Folder)];

    /// <summary>The volumes of these mounts.</summary>
    public IEnumerable<DocumentNode> Volumes() => source.ClaimName is not { } claim ? [] :
        [DocumentMap.Of(("name", Text(Volume)), ("persistentVolumeClaim", DocumentMap.Of(("claimName", Text(claim)), ("readOnly", new DocumentFlag(true)))))];

    /// <inheritdoc/>
    public override string ToString() => $"LangSmithPg {version}, {source}";

    string Name(int index) => string.Create(CultureInfo.InvariantCulture, $"{jobName}-module-{index + 1}");
}
