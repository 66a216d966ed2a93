using System.Globalization;
using LangSmithPg.Common;
using LangSmithPg.Moves;

namespace LangSmithPg.Formatting;

/// <summary>A database that was copied, as text for the terminal.</summary>
static class CopyView
{
    const int LabelWidth = 10;

    /// <summary>Writes it, line by line.</summary>
    /// <param name="copy">What was copied.</param>
    /// <param name="width">Width of the terminal in characters.</param>
    public static IEnumerable<string> Lines(DatabaseCopy copy, int width) =>
    [
        .. FilledLines.Of([VisibleText.Line(copy.Target)], width - 1, "    ").Select(Ansi.Bold),
        .. Text(FindingStatus.NotApplicable, "From", copy.Source, width),
        .. Text(FindingStatus.Pass, "Copied", string.Create(
            CultureInfo.InvariantCulture, $"{Listing.Count(copy.Tables, "table")}, {ByteSize.Text(copy.Bytes)}, as of {copy.DumpTime.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC (dump {ByteSize.Text(copy.DumpBytes)}, pg_dump {copy.ToolVersion})"), width),
        .. Text(FindingStatus.NotApplicable, "Time", string.Join(", ", copy.Phases.Select(phase => phase.ToString())), width),
        .. copy.Extensions.Count == 0 ? [] : Text(FindingStatus.NotApplicable, "Created", $"extensions {string.Join(", ", copy.Extensions)}", width),
        .. copy.Findings.Count == 0 ? [] : Text(FindingStatus.Warning, "Review", string.Join(", ", copy.Findings.Select(finding => finding.Id)), width),
    ];

    static IEnumerable<string> Text(FindingStatus status, string label, string text, int width) =>
        FilledLines.Of(VisibleText.Line(text), width - LabelWidth - 3).Select((line, index) =>
            $"  {(index == 0 ? Ansi.Color(status, label.PadRight(LabelWidth)) : new string(' ', LabelWidth))}{line}");
}
