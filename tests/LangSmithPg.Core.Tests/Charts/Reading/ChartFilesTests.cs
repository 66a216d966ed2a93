using System.Formats.Tar;
using System.IO.Compression;
using LangSmithPg.Charts.Reading;
using LangSmithPg.Core.Tests.Files;

namespace LangSmithPg.Core.Tests.Charts.Reading;

public sealed class ChartFilesTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_and_its_archive_read_the_same()
    {
        var chart = Directory.CreateDirectory(_folder.File("langsmith")).FullName;
        Write(chart, "Chart.yaml", "version: 1.2.3");
        Write(chart, "values.yaml", "a: 1");
        Write(chart, "templates/x/deployment.yaml", "kind: Deployment");
        Write(chart, "templates/NOTES.txt", "not wanted");
        Write(chart, "charts/sub/templates/x.yaml", "not wanted");

        var archive = _folder.File("langsmith-1.2.3.tgz");
        using (var gzip = new GZipStream(File.Create(archive), CompressionLevel.Fastest))
        {
            TarFile.CreateFromDirectory(chart, gzip, includeBaseDirectory: true);
        }

        Assert.All((string[])[chart, archive], path =>
        {
            var files = ChartFiles.Read(path);
            Assert.Equal(("version: 1.2.3", "a: 1"), (files.ChartYaml, files.ValuesYaml));
            Assert.Equal([KeyValuePair.Create("x/deployment.yaml", "kind: Deployment")], files.Templates);
        });
    }

    [Fact]
    public void What_is_no_chart_is_refused_by_name()
    {
        File.WriteAllText(_folder.File("text.tgz"), "no archive");
        File.WriteAllBytes(_folder.File("empty.tgz"), []);

        AssertRefused(_folder.Path, "Chart.yaml");
        AssertRefused(_folder.File("text.tgz"), "text.tgz");
        AssertRefused(_folder.File("empty.tgz"), "empty.tgz");
        Assert.Throws<FileNotFoundException>(() => ChartFiles.Read(_folder.File("missing.tgz")));
    }

    [Fact]
    public void An_archive_that_unpacks_to_too_much_is_refused()
    {
        var archive = _folder.File("bomb.tgz");
        using (var tar = new TarWriter(new GZipStream(File.Create(archive), CompressionLevel.Fastest)))
        {
            using var zeros = new MemoryStream(new byte[70 * 1024 * 1024]);
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "langsmith/values.yaml") { DataStream = zeros });
        }

        AssertRefused(archive, "64 MB");
    }

    static void AssertRefused(string path, string cause) =>
        Assert.Contains(cause, Assert.Throws<InvalidDataException>(() => ChartFiles.Read(path)).Message, StringComparison.Ordinal);

    static void Write(string folder, string name, string text)
    {
        var path = Path.Join(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
