using LangSmithPg.Reports.Html;
using LangSmithPg.Reports.Sarif;
using LangSmithPg.Reports.Values;

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
        // The standard knows both names of a SARIF file.
        ".JSON" when path.EndsWith(".sarif.json", StringComparison.OrdinalIgnoreCase) => ReportFormat.Sarif,
        ".JSON" => ReportFormat.Json,
        ".XML" => ReportFormat.JUnit,
        ".CSV" => ReportFormat.Csv,
        ".SARIF" => ReportFormat.Sarif,
        _ => null,
    };

    /// <summary>Whether what was found in values files can be written so, too.</summary>
    /// <param name="format">What it is written as.</param>
    public static bool IsForValues(this ReportFormat format) => format is not (ReportFormat.Html or ReportFormat.Json);

    /// <summary>Writes a report.</summary>
    /// <param name="format">What it is written as.</param>
    /// <param name="report">The report.</param>
    public static string Write(this ReportFormat format, FleetReport report) => format switch
    {
        ReportFormat.Html => HtmlReport.Write(report),
        ReportFormat.Markdown => MarkdownReport.Write(report),
        ReportFormat.Json => JsonReport.Write(report),
        ReportFormat.JUnit => JUnitReport.Write(report),
        ReportFormat.Csv => CsvReport.Write(report),
        ReportFormat.Sarif => SarifReport.Write(report.Title, report.ModuleVersion, [.. report.Issues, .. report.AcceptedIssues]),
        ReportFormat.GitHubAnnotations => GitHubAnnotations.Write(report.Title, report.Verdict, report.Issues),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    /// <summary>Writes what was found in values files.</summary>
    /// <param name="format">What it is written as.</param>
    /// <param name="report">The report.</param>
    public static string Write(this ReportFormat format, ValuesFleet report) => format switch
    {
        ReportFormat.Markdown => ValuesMarkdown.Write(report),
        ReportFormat.JUnit => ValuesJUnit.Write(report),
        ReportFormat.Csv => ValuesCsv.Write(report),
        ReportFormat.Sarif => SarifReport.Write(report.Title, report.ModuleVersion, report.Issues),
        ReportFormat.GitHubAnnotations => GitHubAnnotations.Write(report.Title, report.Verdict, report.Issues),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };
}
