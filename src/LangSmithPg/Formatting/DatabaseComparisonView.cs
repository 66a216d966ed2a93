using System.Globalization;
using LangSmithPg.Common;
using LangSmithPg.Comparisons;

namespace LangSmithPg.Formatting;

/// <summary>A comparison of two databases: what differs, table by table and object by object, and last the verdict and what to do next.</summary>
static class DatabaseComparisonView
{
    const int StatusWidth = 9;

    // A screen of it; the object has the rest.
    const int MostTables = 10;
    const int MostRows = 5;
    const int MostObjects = 15;

    /// <summary>Writes it, line by line.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="width">Width of the terminal in characters.</param>
    public static IEnumerable<string> Lines(DatabaseComparison comparison, int width) =>
    [
        .. Side("Reference", comparison.Reference, comparison.ReferenceVersion, width),
        .. Side("Difference", comparison.Difference, comparison.DifferenceVersion, width),
        "",
        .. Tables(comparison, width),
        .. Objects(comparison, width),
        .. comparison.IsReferenceWritten == true ? Line(FindingStatus.Warning, "Rows of the reference changed during the comparison.", width) : [],
        .. comparison.IsDifferenceWritten == true ? Line(FindingStatus.Warning, "Rows of the other database changed during the comparison.", width) : [],
        $"  {Ansi.Color(FindingStatus.Pass, Equal(comparison))} {Rate(comparison)}",
        .. Earlier(comparison),
        "",
        Verdict(comparison),
        .. comparison.IsEqual ? [] : NextStep(comparison, width),
    ];

    static IEnumerable<string> Side(string name, string target, string version, int width) =>
        FilledLines.Of([$"{name}:".PadRight(11), Ansi.Bold(VisibleText.Line(target)), $"  PostgreSQL {VisibleText.Line(version)}"], width - 1, "    ");

    static IEnumerable<string> Tables(DatabaseComparison comparison, int width)
    {
        var different = comparison.DifferentTables.OrderByDescending(table => table.Status).ToList();
        foreach (var table in different.Take(MostTables))
        {
            foreach (var line in Line(table.Status, $"{table}", width))
            {
                yield return line;
            }

            foreach (var line in table.Rows.Take(MostRows).SelectMany(row => FilledLines.Of(row.ToString(), width - StatusWidth - 5).Select((text, index) => (index == 0 ? "" : "  ") + text)))
            {
                yield return $"{new string(' ', StatusWidth + 4)}{line}";
            }

            if (table.Rows.Count > MostRows)
            {
                yield return $"{new string(' ', StatusWidth + 4)}and {table.Rows.Count - MostRows}{(table.HasAllRows ? "" : " or")} more rows";
            }
        }

        if (different.Count > MostTables)
        {
            yield return $"  {different.Count - MostTables} more tables: the property DifferentTables.";
        }
    }

    static IEnumerable<string> Objects(DatabaseComparison comparison, int width)
    {
        var objects = comparison.Objects.OrderByDescending(one => one.Status).ToList();
        foreach (var line in objects.Take(MostObjects).SelectMany(one => Line(one.Status, $"{one}.", width)))
        {
            yield return line;
        }

        if (objects.Count > MostObjects)
        {
            yield return $"  {objects.Count - MostObjects} more differences: the property Objects.";
        }
    }

    static IEnumerable<string> Line(FindingStatus status, string text, int width) => FilledLines.Of(text, width - StatusWidth - 3)
        .Select((line, index) => index == 0 ? $"  {Ansi.Color(status, status.ToString().PadRight(StatusWidth))}{line}" : new string(' ', StatusWidth + 2) + line);

    static string Equal(DatabaseComparison comparison)
    {
        var equal = comparison.Tables.Count - comparison.DifferentTables.Count;
        return string.Create(CultureInfo.InvariantCulture, $"{equal:#,0} of {comparison.Tables.Count:#,0} {(comparison.Tables.Count == 1 ? "table" : "tables")} {(equal == 1 ? "is" : "are")} equal.");
    }

    static string[] Earlier(DatabaseComparison comparison) => comparison.Tables.Count(table => table.ComparedAt is not null) switch
    {
        0 => [],
        1 => ["  1 of them was read by an earlier run, and its statistics show no changes."],
        var count => [string.Create(CultureInfo.InvariantCulture, $"  {count:#,0} of them were read by an earlier run, and their statistics show no changes.")],
    };

    static string Rate(DatabaseComparison comparison) => string.Create(
        CultureInfo.InvariantCulture,
        $"{comparison.Rows:#,0} rows, {ByteSize.Text(comparison.Bytes)} on each server in {comparison.Elapsed.TotalSeconds:0.0} s.");

    static string Verdict(DatabaseComparison comparison)
    {
        var status = comparison.IsEqual ? FindingStatus.Pass : comparison.Status;
        return Ansi.Color(status, comparison.IsEqual ? comparison.IsPartial ? "The tables are equal." : "The databases are equal." : $"{char.ToUpperInvariant(comparison.Verdict[0])}{comparison.Verdict[1..]}.");
    }

    static IEnumerable<string> NextStep(DatabaseComparison comparison, int width)
    {
        var first = comparison.Findings.Where(finding => finding.Status == comparison.Status).Select(finding => finding.Fix).OfType<Remedy>().FirstOrDefault();
        return first is null ? [] :
        [
            first.Kind == RemedyKind.Sql ? "Run this SQL in the other database:" : "Next step:",
            .. RemedyLines.Of(first, width - 3).Select(line => $"  {Ansi.Command(line)}"),
        ];
    }
}
