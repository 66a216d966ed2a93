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
    [InlineData("report.CSV", ReportFormat.Csv)]
    [InlineData("report.sarif", ReportFormat.Sarif)]
    [InlineData("report.SARIF.json", ReportFormat.Sarif)]
    [InlineData("sarif.json", ReportFormat.Json)]
    [InlineData("report.pdf", null)]
    [InlineData("report", null)]
    public void The_extension_tells(string path, ReportFormat? format) => Assert.Equal(format, ReportFormats.FromPath(path));

    [Theory]
    [InlineData(ReportFormat.Html)]
    [InlineData(ReportFormat.Markdown)]
    [InlineData(ReportFormat.Json)]
    [InlineData(ReportFormat.JUnit)]
    [InlineData(ReportFormat.Csv)]
    [InlineData(ReportFormat.Sarif)]
    [InlineData(ReportFormat.GitHubAnnotations)]
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
        Assert.DoesNotContain("\r", format == ReportFormat.Csv ? text.Replace("\r\n", "\n", StringComparison.Ordinal) : text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ReportFormat.Html)]
    [InlineData(ReportFormat.Markdown)]
    [InlineData(ReportFormat.Json)]
    [InlineData(ReportFormat.JUnit)]
    [InlineData(ReportFormat.Csv)]
    [InlineData(ReportFormat.Sarif)]
    [InlineData(ReportFormat.GitHubAnnotations)]
    public void A_hostile_fleet_can_be_written_as_UTF8(ReportFormat format) =>
        new System.Text.UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(format.Write(Samples.Of(Samples.Evil(), Samples.Evil(new('<', 5_000)))));

    [Theory]
    [InlineData(ReportFormat.Html)]
    [InlineData(ReportFormat.Markdown)]
    [InlineData(ReportFormat.Json)]
    [InlineData(ReportFormat.JUnit)]
    [InlineData(ReportFormat.Csv)]
    [InlineData(ReportFormat.Sarif)]
    [InlineData(ReportFormat.GitHubAnnotations)]
    public void A_big_fleet_is_quick(ReportFormat format)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.InRange(format.Write(Samples.Fleet(200)).Length, 10_000, 4_000_000);
        Assert.InRange(watch.ElapsedMilliseconds, 0, 10_000);
    }

    [Theory]
    [InlineData(ReportFormat.Html, false)]
    [InlineData(ReportFormat.Json, false)]
    [InlineData(ReportFormat.Markdown, true)]
    [InlineData(ReportFormat.JUnit, true)]
    [InlineData(ReportFormat.Csv, true)]
    [InlineData(ReportFormat.Sarif, true)]
    [InlineData(ReportFormat.GitHubAnnotations, true)]
    public void Values_files_have_the_formats_of_tools_and_comments(ReportFormat format, bool isForValues)
    {
        Assert.Equal(isForValues, format.IsForValues());
        if (isForValues)
        {
            new System.Text.UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(format.Write(ValuesSamples.Of(ValuesSamples.Invalid(), ValuesSamples.Evil())));
        }
        else
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => format.Write(ValuesSamples.Of(ValuesSamples.Invalid())));
        }
    }
}
