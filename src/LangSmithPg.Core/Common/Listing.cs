using System.Globalization;

namespace LangSmithPg.Common;

/// <summary>Lists and counts in messages.</summary>
static class Listing
{
    const int Shown = 5;

    /// <summary>The first of some names, and how many more there are.</summary>
    /// <param name="names">The names, or the first of them.</param>
    /// <param name="total">How many there are.</param>
    public static string Of(IReadOnlyList<string> names, long? total = null)
    {
        var all = total ?? names.Count;
        var shown = Math.Min(Shown, names.Count);
        return all > shown
            ? string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", names.Take(shown))} and {all - shown} more")
            : string.Join(", ", names);
    }

    /// <summary>A number and its noun.</summary>
    /// <param name="count">The number.</param>
    /// <param name="noun">The noun in the singular; its plural ends in s, or in es after x.</param>
    public static string Count(long count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : noun.EndsWith('x') ? "es" : "s")}");
}
