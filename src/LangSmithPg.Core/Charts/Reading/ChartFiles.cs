using System.Formats.Tar;
using System.IO.Compression;
using LangSmithPg.Files;

namespace LangSmithPg.Charts.Reading;

/// <summary>The texts of a chart that say what it makes: its description, its values, and its templates.</summary>
sealed class ChartFiles
{
    const string Description = "Chart.yaml";
    const string Defaults = "values.yaml";
    const int MostBytes = 64 * 1024 * 1024;

    readonly SortedDictionary<string, string> _files = new(StringComparer.Ordinal);
    long _bytes;

    ChartFiles()
    {
    }

    /// <summary>The text of Chart.yaml.</summary>
    public string ChartYaml => _files[Description];

    /// <summary>The text of values.yaml; empty when there is none.</summary>
    public string ValuesYaml => _files.GetValueOrDefault(Defaults, "");

    /// <summary>The templates by their paths below <c>templates/</c>.</summary>
    public IReadOnlyDictionary<string, string> Templates => _files
        .Where(file => file.Key.StartsWith("templates/", StringComparison.Ordinal))
        .ToDictionary(file => file.Key["templates/".Length..], file => file.Value, StringComparer.Ordinal);

    /// <summary>Reads a chart.</summary>
    /// <param name="path">Its folder, or its archive (<c>.tgz</c>).</param>
    /// <exception cref="InvalidDataException">It is no chart, or one of more than 64 MB.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ChartFiles Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var chart = new ChartFiles();
        if (Directory.Exists(path))
        {
            chart.ReadFolder(path);
        }
        else
        {
            chart.ReadArchive(path);
        }

        return chart._files.ContainsKey(Description) ? chart : throw new InvalidDataException($"{path} is not a Helm chart: it has no {Description}.");
    }

    void ReadFolder(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }))
        {
            var name = Path.GetRelativePath(folder, file).Replace('\\', '/');
            if (IsWanted(name))
            {
                using var stream = SharedFile.OpenRead(file);
                Add(name, stream);
            }
        }
    }

    void ReadArchive(string path)
    {
        try
        {
            using var tar = new TarReader(new GZipStream(SharedFile.OpenRead(path), CompressionMode.Decompress));
            while (tar.GetNextEntry() is { } entry)
            {
                // Helm packs a chart below its name.
                var name = entry.Name[(entry.Name.IndexOf('/', StringComparison.Ordinal) + 1)..];
                if (entry.DataStream is { } data && IsWanted(name))
                {
                    Add(name, data);
                }
            }
        }
        // .NET's reader throws these over the numbers and names of an entry.
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or ArithmeticException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"{path} is not an archive of a Helm chart: {exception.Message}", exception);
        }
    }

    static bool IsWanted(string name) => name is Description or Defaults
        || (name.StartsWith("templates/", StringComparison.Ordinal) && Path.GetExtension(name) is ".yaml" or ".yml" or ".tpl");

    void Add(string name, Stream stream)
    {
        using var buffer = new MemoryStream();
        var block = new byte[81_920];
        for (int read; (read = stream.Read(block)) > 0;)
        {
            // Few bytes of an archive can stand for very many.
            if ((_bytes += read) > MostBytes)
            {
                throw new InvalidDataException("the text files of the chart are larger than 64 MB.");
            }

            buffer.Write(block, 0, read);
        }

        buffer.Position = 0;
        using var reader = new StreamReader(buffer);
        _files[name] = reader.ReadToEnd();
    }
}
