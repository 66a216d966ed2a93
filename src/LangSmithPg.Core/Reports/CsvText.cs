using LangSmithPg.Common;

namespace LangSmithPg.Reports;

/// <summary>
/// Tables as RFC 4180 has them. Every value is quoted, so that no spreadsheet that separates with something else finds a cell within
/// it; and none is a formula: what servers and files say is not to be run by the reader's spreadsheet.
/// </summary>
static class CsvText
{
    // Those that are twice as wide are formulas too, in Japanese and Chinese versions of Excel.
    const string FormulaStarts = "=+-@\t\r\n＝＋－＠";

    public static string Table(IEnumerable<IEnumerable<string?>> rows) => string.Concat(rows.Select(row => string.Join(',', row.Select(Cell)) + "\r\n"));

    public static string Cell(string? value)
    {
        var text = VisibleText.Of(value ?? "");
        var isFormula = text.Length > 0 && FormulaStarts.Contains(text[0], StringComparison.Ordinal);
        return $"\"{(isFormula ? "'" : "")}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
