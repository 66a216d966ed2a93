using LangSmithPg.Reports.Html;

namespace LangSmithPg.Reports;

/// <summary>The formats of a report.</summary>
static class ReportFormats
{
    /// <summary>The format that the extension of a file stands for, or null when it stands for none.</summary>
    /// <param name="path">Path of the file.</param>
    public static ReportFormat? FromPath(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".HTML" or ".HTM" => ReportFormat.Html,
        ".MD" => ReportFormat.Markdown,
        ".JSON" => ReportFormat.Json,
        ".XML" => ReportFormat.JUnit,
        _ => null,
    };

    /// <summary>Writes a report.</summary>
    /// <param name="format">What it is written as.</param>
    /// <param name="report">The report.</param>
    public static string Write(this ReportFormat format, FleetReport report) => format switch
    {
        ReportFormat.Html => HtmlReport.Write(report),
        ReportFormat.Markdown => MarkdownReport.Write(report),
        ReportFormat.Json => JsonReport.Write(report),
        ReportFormat.JUnit => JUnitReport.Write(report),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };
}
