using System.IO.Compression;
using LangSmithPg.Core.Tests.Files;
using LangSmithPg.Preflight;

namespace LangSmithPg.Core.Tests.Kubernetes;

public sealed class ModuleArchiveTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public ModuleArchiveTests()
    {
        File.WriteAllText(_folder.File("LangSmithPg.psd1"), "@{}");
        File.WriteAllText(_folder.File("LICENSE"), "MIT");
        Directory.CreateDirectory(_folder.File("dependencies"));
        File.Copy(typeof(ModuleArchive).Assembly.Location, _folder.File("dependencies/LangSmithPg.Postgres.dll"));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Its_entries_are_in_order_and_those_of_one_system_whichever_made_it()
    {
        var bytes = ModuleArchive.Pack(_folder.Path, withTokens: false);

        using var archive = new ZipArchive(new MemoryStream(bytes));
        Assert.Equal(["LICENSE", "LangSmithPg.psd1", "dependencies/LangSmithPg.Postgres.dll"], archive.Entries.Select(entry => entry.FullName));
        Assert.All(archive.Entries, entry => Assert.Equal((1980, 0b1000_000_110_100_100 << 16), (entry.LastWriteTime.Year, entry.ExternalAttributes)));
        // Of each entry of the directory: its signature, the version of the format, and the system.
        Assert.Equal(3, CountOf([(byte)'P', (byte)'K', 1, 2, 20, 3], bytes));
        using var licence = new StreamReader(archive.GetEntry("LICENSE")!.Open());
        Assert.Equal("MIT", licence.ReadToEnd());
    }

    [Fact]
    public void The_same_files_make_the_same_bytes() =>
        Assert.Equal(ModuleArchive.Pack(_folder.Path, withTokens: false), ModuleArchive.Pack(_folder.Path, withTokens: false));

    static int CountOf(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        for (var at = bytes.IndexOf(pattern); at >= 0; at = bytes.IndexOf(pattern))
        {
            count++;
            bytes = bytes[(at + pattern.Length)..];
        }

        return count;
    }
}
