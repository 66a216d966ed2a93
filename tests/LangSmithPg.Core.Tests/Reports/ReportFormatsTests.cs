using LangSmithPg.Reports;

namespace LangSmithPg.Core.Tests.Reports;

public sealed class ReportFormatsTests
{
    [Theory]
    [InlineData("a/report.html", ReportFormat.Html)]
    [InlineData("REPORT.HTM", ReportFormat.Html)]
    [InlineData("report.v2.md", ReportFormat.Markdown)]
    [InlineData("report.json", ReportFormat.Json)]
    [InlineData("report.Xml", ReportFormat.JUnit)]
    [InlineData("report.pdf", null)]
    [InlineData("report", null)]
    public void The_extension_tells(string path, ReportFormat? format) => Assert.Equal(format, ReportFormats.FromPath(path));

    [Theory]
    [InlineData(ReportFormat.Html)]
    [InlineData(ReportFormat.Markdown)]
    [InlineData(ReportFormat.Json)]
    [InlineData(ReportFormat.JUnit)]
    public void Every_format_is_text_with_line_feeds_whatever_the_culture(ReportFormat format)
    {
        var text = format.Write(Samples.Fleet(6));
        var culture = Thread.CurrentThread.CurrentCulture;
        try
        {
            Thread.CurrentThread.CurrentCulture = new("ar-SA");
            Assert.Equal(text, format.Write(Samples.Fleet(6)));
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = culture;
        }

        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\r", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ReportFormat.Html)]
    [InlineData(ReportFormat.Markdown)]
    [InlineData(ReportFormat.Json)]
    [InlineData(ReportFormat.JUnit)]
    public void A_hostile_fleet_can_be_written_as_UTF8(ReportFormat format) =>
        new System.Text.UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(format.Write(Samples.Of(Samples.Evil(), Samples.Evil(new('<', 5_000)))));

    [Theory]
    [InlineData(ReportFormat.Html)]
    [InlineData(ReportFormat.Markdown)]
    [InlineData(ReportFormat.Json)]
    [InlineData(ReportFormat.JUnit)]
    public void A_big_fleet_is_quick(ReportFormat format)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.InRange(format.Write(Samples.Fleet(200)).Length, 10_000, 4_000_000);
        Assert.InRange(watch.ElapsedMilliseconds, 0, 10_000);
    }
}
