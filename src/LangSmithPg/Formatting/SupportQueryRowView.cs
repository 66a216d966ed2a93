using System.Globalization;
using System.Management.Automation;
using LangSmithPg.Common;

namespace LangSmithPg.Formatting;

/// <summary>
/// A row of a support query. A table of PowerShell would show the rows of the next result in the columns of the first one, that is, not at all.
/// </summary>
static class SupportQueryRowView
{
    public const string TypeName = "LangSmithPg.SupportQueryRow";

    const string Separator = " : ";

    public static bool IsRow(PSObject value) => value.TypeNames.Any(name => name.EndsWith(TypeName, StringComparison.Ordinal));

    /// <summary>The row: a line for each column.</summary>
    /// <param name="row">The row.</param>
    /// <param name="width">How many characters there is room for.</param>
    public static IEnumerable<string> Lines(PSObject row, int width)
    {
        List<(string Name, string Value)> columns = [.. row.Properties.OfType<PSNoteProperty>().Select(column => (VisibleText.Line(column.Name), VisibleText.Of(Text(column.Value))))];
        var label = columns.Select(column => Math.Min(column.Name.Length, width / 2)).DefaultIfEmpty(0).Max();
        var room = width - label - Separator.Length - 1;
        foreach (var (name, value) in columns)
        {
            var first = true;
            foreach (var line in value.Split('\n').SelectMany(line => FilledLines.Of(line, room)))
            {
                yield return $"{(first ? name : "").PadRight(label)}{(first ? Separator : "   ")}{line}".TrimEnd();
                first = false;
            }
        }
    }

    static string Text(object? value) => (value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value) switch
    {
        DateTime { Kind: DateTimeKind.Utc } time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFZ", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        System.Collections.ArrayList list => $"{{{string.Join(',', list.Cast<object?>())}}}",
        var other => other?.ToString() ?? "",
    };
}
