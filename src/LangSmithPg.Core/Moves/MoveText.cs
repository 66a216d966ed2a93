using System.Globalization;
using LangSmithPg.Common;

namespace LangSmithPg.Moves;

/// <summary>Times, lists and counts in the messages of a move.</summary>
static class MoveText
{
    /// <summary>A time, rounded up.</summary>
    /// <param name="seconds">The time in seconds.</param>
    public static string Time(double seconds) => seconds switch
    {
        < 90 => "a minute or two",
        < 5400 => string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(seconds / 60):0} minutes"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(seconds / 360) / 10:0.#} hours"),
    };

    /// <summary>The first of some names, and how many more there are.</summary>
    /// <param name="names">The names, or the first of them.</param>
    /// <param name="total">How many there are.</param>
    public static string List(IReadOnlyList<string> names, long? total = null) => Listing.Of(names, total);

    /// <summary>A number and its noun.</summary>
    /// <param name="count">The number.</param>
    /// <param name="noun">The noun in the singular; its plural ends in s.</param>
    public static string Count(long count, string noun) => Listing.Count(count, noun);
}
