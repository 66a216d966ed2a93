using System.IO.Compression;
using LangSmithPg.Core.Tests.Peers;
using LangSmithPg.Reports.Html;
using LangSmithPg.Sandbox.FaultInjection;

namespace LangSmithPg.Core.Tests.Reports;

/// <summary>The page in a real browser.</summary>
public sealed class BrowserTests : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("langsmithpg-tests-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_hostile_report_runs_nothing_and_asks_for_nothing()
    {
        await using var listener = TarpitServer.Closing();
        var trap = $"http://{listener.Host}:{listener.Port}/";
        var name = $"</title></style></script><img src={trap} onerror=document.title='gone'><link rel=stylesheet href={trap}><script src={trap}></script>";

        var (page, log) = Browser.Open(Save("report.html", HtmlReport.Write(Samples.Of(Samples.Evil(name), Samples.NotReady()))), "--dump-dom");
        Assert.Equal(0, listener.Accepted);
        Assert.DoesNotContain("CONSOLE", log, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.Single(Occurrences(page, "<script"));
        Assert.Contains("<bdi>&lt;/title&gt;&lt;/style&gt;", page, StringComparison.Ordinal);

        // The page's own script has run: the policy lets it.
        Assert.Equal(Occurrences(page, "class=\"fix\"").Count(), Occurrences(page, "<button").Count());

        // A page that is not so careful falls into the trap.
        Browser.Open(Save("careless.html", name), "--dump-dom");
        Assert.True(listener.Accepted > 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_page_is_light_or_dark_as_its_reader_likes(bool dark)
    {
        var picture = Path.Combine(_folder.FullName, "page.png");
        var (_, log) = Browser.Open(
            Save("report.html", HtmlReport.Write(Samples.Fleet(12))),
            $"--blink-settings=preferredColorScheme={(dark ? 0 : 1)}", "--window-size=1200,900", $"--screenshot={picture}");
        Assert.DoesNotContain("CONSOLE", log, StringComparison.Ordinal);
        Assert.Equal(ContrastTests.Ground(dark), FirstPixel(File.ReadAllBytes(picture)));
    }

    string Save(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    static IEnumerable<int> Occurrences(string text, string part)
    {
        for (var at = text.IndexOf(part, StringComparison.Ordinal); at >= 0; at = text.IndexOf(part, at + 1, StringComparison.Ordinal))
        {
            yield return at;
        }
    }

    // Nothing precedes the first pixel, so no filter of PNG changes it: it stands after the first line's filter byte as it is.
    static (byte Red, byte Green, byte Blue) FirstPixel(byte[] png)
    {
        var data = png.AsSpan().IndexOf("IDAT"u8) + 4;
        using var pixels = new ZLibStream(new MemoryStream(png, data, png.Length - data), CompressionMode.Decompress);
        var start = new byte[4];
        pixels.ReadExactly(start);
        return (start[1], start[2], start[3]);
    }
}
