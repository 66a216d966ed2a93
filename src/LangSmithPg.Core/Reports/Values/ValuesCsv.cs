using System.Globalization;
using LangSmithPg.Helm.Linting;

namespace LangSmithPg.Reports.Values;

/// <summary>Writes what was found in values files as a table: a row a finding, and a row for a file without any.</summary>
static class ValuesCsv
{
    static readonly string[] Columns =
        ["Path", "ChartVersion", "IsValid", "Id", "Status", "Line", "Column", "Key", "Message", "Why", "Fix", "FixKind", "CanFix"];

    public static string Write(ValuesFleet report) => CsvText.Table(report.Files.SelectMany(Rows).Prepend(Columns));

    static IEnumerable<IEnumerable<string?>> Rows(FileFindings file) =>
        file.Findings.Count > 0 ? file.Findings.Select(finding => Row(file, finding)) : [Row(file, null)];

    static IEnumerable<string?> Row(FileFindings file, ValuesFinding? finding) =>
    [
        file.Path, file.Release.ChartVersion?.ToString(), file.Release.IsValid ? "True" : "False",
        finding?.Id, (finding?.Status ?? file.Status).ToString(), Number(finding?.Line), Number(finding?.Column), finding?.Key, finding?.Message,
        finding?.Why, finding?.Fix?.Text, finding?.Fix?.Kind.ToString(), finding is null ? null : finding.CanFix ? "True" : "False",
    ];

    static string? Number(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}
