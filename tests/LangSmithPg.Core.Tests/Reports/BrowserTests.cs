using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
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
        Assert.Equal(Occurrences(page, "data-copy=").Count() + Occurrences(page, "scope=\"col\"").Count(), Occurrences(page, "<button").Count());

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

    /// <summary>The page's policy lets no test in, so the test takes it out, and writes what it sees into the page.</summary>
    [Fact]
    public void A_fleet_can_be_sorted_and_searched()
    {
        const string Test = """
            <script>
            const names = () => [...document.querySelectorAll("tbody tr")].filter((row) => getComputedStyle(row).display !== "none").map((row) => row.cells[0].textContent[1]);
            const type = (text) => { search.value = text; search.dispatchEvent(new Event("input")); };
            const click = (column) => document.querySelectorAll("thead button")[column].click();
            const seen = [names()];
            click(0); seen.push(names());
            click(0); seen.push(names());
            click(1); seen.push(names());
            type("ready b"); seen.push(names());
            seen.push([getComputedStyle(document.getElementById("d2")).display]);
            type(""); seen.push(names());
            document.getElementById("not-ready-only").click(); seen.push(names());
            const shown = () => [...document.querySelectorAll("thead th")].filter((cell) => getComputedStyle(cell).display !== "none").length;
            const few = shown();
            document.getElementById("all-columns").click(); seen.push([shown() > few]);
            document.title = "seen " + seen.map((each) => each.join("")).join(" ");
            </script>
            """;
        var html = HtmlReport.Write(Samples.Of(Samples.Ready("(c)"), FixableSamples.TwoProblems("(b)"), Samples.Unreachable("(a)")));
        var (page, _) = Browser.Open(Save("open.html", Regex.Replace(html, "<meta http-equiv.*?>", "") + Test), "--dump-dom");
        Assert.Equal("seen bac abc cba bac b none bac ba true", Regex.Match(page, "<title>(.*?)</title>").Groups[1].Value);
    }

    [Theory]
    [InlineData("one", 2)]
    [InlineData("one with many problems", 2)]
    [InlineData("fleet", 5)]
    [InlineData("fleet without a ready one", 5)]
    [InlineData("fleet that is ready", 5)]
    public void Only_the_summary_and_the_failures_are_printed(string report, int pages)
    {
        var html = HtmlReport.Write(report switch
        {
            "one" => Samples.Of(FixableSamples.TwoProblems()),
            "one with many problems" => Samples.Of(FixableSamples.ManyProblems(14)),
            "fleet" => Samples.Fleet(50),
            "fleet without a ready one" => Samples.Of([.. Enumerable.Range(1, 50).Select(number => Samples.NotReady($"eu-{number:00}.db.example.com:5432/langsmith"))]),
            _ => Samples.Of([.. Enumerable.Range(1, 50).Select(number => Samples.Ready($"eu-{number:00}.db.example.com:5432/langsmith"))]),
        });
        var paper = Path.Combine(_folder.FullName, "page.pdf");
        Browser.Open(Save("report.html", html), $"--print-to-pdf={paper}");
        Assert.InRange(Regex.Count(File.ReadAllText(paper, Encoding.Latin1), @"/Type\s*/Page\b"), 1, pages);
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
