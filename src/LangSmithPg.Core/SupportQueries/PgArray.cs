using System.Collections.ObjectModel;
using System.Text;

namespace LangSmithPg.SupportQueries;

/// <summary>
/// An array of PostgreSQL: a list to PowerShell; and where it becomes text, as in a CSV file, as PostgreSQL writes it.
/// </summary>
sealed class PgArray : ReadOnlyCollection<object?>
{
    readonly string _text;

    PgArray(IList<object?> items, string text)
        : base(items) => _text = text;

    /// <inheritdoc/>
    public override string ToString() => _text;

    /// <summary>Reads an array.</summary>
    /// <param name="text">How PostgreSQL writes it.</param>
    /// <param name="convert">Converts an item.</param>
    /// <returns>The array, or null where it is not one.</returns>
    public static PgArray? Read(string text, Func<string, object> convert)
    {
        // Bounds that are not those of every array: [0:2]={…}
        var at = text.StartsWith('[') ? text.IndexOf('=', StringComparison.Ordinal) + 1 : 0;
        return at < text.Length && text[at] == '{' && ReadItems(text, ref at, convert) is { } items && at == text.Length ? new(items, text) : null;
    }

    static List<object?>? ReadItems(string text, ref int at, Func<string, object> convert)
    {
        List<object?> items = [];
        for (at++; at < text.Length;)
        {
            switch (text[at])
            {
                case '}':
                    at++;
                    return items;
                case ',':
                    at++;
                    break;
                case '{':
                    var start = at;
                    if (ReadItems(text, ref at, convert) is not { } inner)
                    {
                        return null;
                    }

                    items.Add(new PgArray(inner, text[start..at]));
                    break;
                default:
                    items.Add(ReadItem(text, ref at, convert));
                    break;
            }
        }

        return null;
    }

    static object? ReadItem(string text, ref int at, Func<string, object> convert)
    {
        var item = new StringBuilder();
        var isQuoted = text[at] == '"';
        for (at += isQuoted ? 1 : 0; at < text.Length && !(isQuoted ? text[at] == '"' : text[at] is ',' or '}'); at++)
        {
            at += text[at] == '\\' && at + 1 < text.Length ? 1 : 0;
            item.Append(text[at]);
        }

        at += isQuoted && at < text.Length ? 1 : 0;
        var value = item.ToString();
        return !isQuoted && value.Equals("NULL", StringComparison.OrdinalIgnoreCase) ? null : convert(value);
    }
}
