using System.Buffers.Binary;
using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using LangSmithPg.Files;

namespace LangSmithPg.Preflight;

/// <summary>Packs what a readiness check needs of this module, small enough for a manifest to carry.</summary>
static class ModuleArchive
{
    /// <summary>The maximum number of bytes in one ConfigMap. Kubernetes allows 1 MiB, including keys.</summary>
    public const int PartSize = 1_000_000;

    const string Dependencies = "dependencies";

    // The gates to what only some checks need.
    const string CloudGate = "LangSmithPg.Cloud";
    const string PostgresGate = "LangSmithPg.Postgres";
    const string YamlGate = "LangSmithPg.Yaml";

    // The same module gives the same bytes on every system: an archive holds no time before this one, and the files are ordinary ones of
    // Unix, which everybody may read.
    static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
    const int OrdinaryFile = (0x8000 | 0x1A4) << 16;
    const byte Unix = 3;

    /// <summary>Packs the module of a folder as a ZIP archive.</summary>
    /// <param name="folder">The folder that holds the module's manifest.</param>
    /// <param name="withTokens">Whether it is to get tokens of a cloud, which takes the clouds' own libraries.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static byte[] Pack(string folder, bool withTokens)
    {
        using var content = new MemoryStream();
        using (var archive = new ZipArchive(content, ZipArchiveMode.Create))
        {
            foreach (var path in Files(folder, withTokens).Select(path => path.Replace('\\', '/')).Order(StringComparer.Ordinal))
            {
                var entry = archive.CreateEntry(path, CompressionLevel.SmallestSize);
                entry.LastWriteTime = Epoch;
                entry.ExternalAttributes = OrdinaryFile;
                using var from = SharedFile.OpenRead(Path.Join(folder, path));
                using var to = entry.Open();
                from.CopyTo(to);
            }
        }

        return WithHost(content.ToArray(), Unix);
    }

    // .NET writes into every entry of the directory on which system the archive was made. Source: PKWARE's APPNOTE.TXT, 4.3.12 and 4.3.16.
    static byte[] WithHost(byte[] archive, byte host)
    {
        const int EndSize = 22;
        const int EntrySize = 46;
        var end = archive.AsSpan(archive.Length - EndSize);
        var entry = BinaryPrimitives.ReadInt32LittleEndian(end[16..]);
        for (var count = BinaryPrimitives.ReadUInt16LittleEndian(end[10..]); count > 0; count--)
        {
            archive[entry + 5] = host;
            var lengths = archive.AsSpan(entry + 28);
            entry += EntrySize + BinaryPrimitives.ReadUInt16LittleEndian(lengths) + BinaryPrimitives.ReadUInt16LittleEndian(lengths[2..]) + BinaryPrimitives.ReadUInt16LittleEndian(lengths[4..]);
        }

        return archive;
    }

    /// <summary>Cuts an archive into what ConfigMaps can hold.</summary>
    /// <param name="archive">The archive.</param>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> archive) =>
        [.. Enumerable.Range(0, (archive.Length + PartSize - 1) / PartSize).Select(part => archive[(part * PartSize)..Math.Min(archive.Length, (part + 1) * PartSize)])];

    static IEnumerable<string> Files(string folder, bool withTokens)
    {
        // The clouds' libraries find each other by name too, so that what refers to them does not tell all of them.
        var assemblies = withTokens
            ? Directory.EnumerateFiles(Path.Join(folder, Dependencies), "*.dll").Select(Path.GetFileNameWithoutExtension).Where(name => name != YamlGate).Select(name => Path.Join(Dependencies, $"{name}.dll"))
            : Referenced(folder);
        string[] patterns = ["*.psd1", "*.ps1xml", "*.dll", "LICENSE"];
        return patterns.SelectMany(pattern => Directory.EnumerateFiles(folder, pattern)).Select(path => Path.GetFileName(path)).Concat(assemblies);
    }

    static HashSet<string> Referenced(string folder)
    {
        HashSet<string> found = [];
        Queue<string> waiting = new([PostgresGate]);
        while (waiting.TryDequeue(out var name))
        {
            var path = Path.Join(Dependencies, $"{name}.dll");
            if (name is not (CloudGate or YamlGate) && File.Exists(Path.Join(folder, path)) && found.Add(path))
            {
                foreach (var reference in ReferencesOf(Path.Join(folder, path)))
                {
                    waiting.Enqueue(reference);
                }
            }
        }

        return found;
    }

    static List<string> ReferencesOf(string assembly)
    {
        using var reader = new PEReader(SharedFile.OpenRead(assembly));
        var metadata = reader.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(one => metadata.GetString(metadata.GetAssemblyReference(one).Name))];
    }
}
