using System.Globalization;

namespace LangSmithPg.SupportQueries;

/// <summary>
/// Values of PostgreSQL as objects of .NET, from the text that the server sends. What no object of .NET can hold, such as <c>infinity</c>, remains
/// text. Source of the numbers: pg_type.dat of PostgreSQL.
/// </summary>
static class PgValue
{
    static readonly Dictionary<uint, uint> Elements = new()
    {
        [1000] = 16, [1005] = 21, [1007] = 23, [1016] = 20, [1021] = 700, [1022] = 701, [1028] = 26, [1231] = 1700, [2951] = 2950, [1182] = 1082, [1115] = 1114, [1185] = 1184,
        [1009] = 25, [1015] = 1043, [1014] = 1042, [1003] = 19, [199] = 114, [3807] = 3802,
    };

    /// <summary>Converts a value.</summary>
    /// <param name="type">The number of its type.</param>
    /// <param name="text">What the server sent.</param>
    public static object Convert(uint type, string text) => Elements.TryGetValue(type, out var element)
        ? PgArray.Read(text, item => Convert(element, item)) ?? (object)text
        : Parse(type, text) ?? text;

    static object? Parse(uint type, string text) => type switch
    {
        16 => text is "t" or "f" ? text == "t" : null,
        21 => short.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : null,
        23 => int.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : null,
        20 => long.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : null,
        26 => uint.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : null,
        700 => float.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : null,
        701 => double.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : null,
        1700 => ParseNumeric(text),
        2950 => Guid.TryParse(text, out var value) ? value : null,
        1082 => ParseTime(text, "yyyy-MM-dd"),
        1114 => ParseTime(text, "yyyy-MM-dd HH:mm:ss.FFFFFF"),
        1184 => ParseInstant(text),
        _ => null,
    };

    // decimal rounds what has more digits than it can hold.
    static decimal? ParseNumeric(string text) =>
        decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var value) && value.ToString(CultureInfo.InvariantCulture) == text ? value : null;

    static DateTime? ParseTime(string text, string format) =>
        DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var value) ? value : null;

    // The offset may have seconds, which DateTimeOffset does not allow.
    static DateTime? ParseInstant(string text)
    {
        var sign = text.LastIndexOfAny(['+', '-']);
        if (sign < 11 || ParseTime(text[..sign], "yyyy-MM-dd HH:mm:ss.FFFFFF") is not { } local)
        {
            return null;
        }

        int[] parts = [.. text[(sign + 1)..].Split(':').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1)];
        if (parts.Length > 3 || parts.Contains(-1))
        {
            return null;
        }

        var offset = new TimeSpan(parts[0], parts.ElementAtOrDefault(1), parts.ElementAtOrDefault(2));
        var ticks = local.Ticks + ((text[sign] == '+' ? -1 : 1) * offset.Ticks);
        return ticks is < 0 || ticks > DateTime.MaxValue.Ticks ? null : new DateTime(ticks, DateTimeKind.Utc);
    }
}
