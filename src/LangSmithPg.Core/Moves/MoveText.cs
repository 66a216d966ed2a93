using System.Globalization;

namespace LangSmithPg.Moves;

/// <summary>Times in the messages of a move.</summary>
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
}
