using System.Globalization;

namespace LangSmithPg.Connections.Drivers;

/// <summary>Tells IPv6 addresses as Python's <c>ipaddress</c> and Go's <c>netip</c> do, which agree: RFC 4291, section 2.2.</summary>
static class IPv6Text
{
    const int Groups = 8;

    /// <summary>Whether the text is an IPv6 address.</summary>
    /// <param name="text">The text, without brackets.</param>
    /// <param name="allowZone">Whether a zone such as <c>%eth0</c> may follow.</param>
    public static bool IsAddress(string text, bool allowZone)
    {
        var zone = text.IndexOf('%', StringComparison.Ordinal);
        if (zone >= 0)
        {
            return allowZone && zone + 1 < text.Length && IsAddress(text[..zone], allowZone: false);
        }

        var gap = text.IndexOf("::", StringComparison.Ordinal);
        if (gap < 0)
        {
            return CountGroups(text, last: true) == Groups;
        }

        var before = CountGroups(text[..gap], last: false);
        var after = CountGroups(text[(gap + 2)..], last: true);
        return before >= 0 && after >= 0 && before + after < Groups;
    }

    /// <summary>Whether the text is an IPv4 address: four decimal numbers, none with a leading zero.</summary>
    public static bool IsIPv4(string text) =>
        text.Split('.') is { Length: 4 } numbers
        && numbers.All(one => byte.TryParse(one, NumberStyles.None, CultureInfo.InvariantCulture, out _) && (one.Length == 1 || one[0] != '0'));

    static int CountGroups(string text, bool last)
    {
        if (text.Length == 0)
        {
            return 0;
        }

        var groups = text.Split(':');
        var embedsIPv4 = last && IsIPv4(groups[^1]);
        var hexadecimal = embedsIPv4 ? groups[..^1] : groups;
        return hexadecimal.All(one => one.Length is >= 1 and <= 4 && one.All(char.IsAsciiHexDigit))
            ? hexadecimal.Length + (embedsIPv4 ? 2 : 0)
            : -1;
    }
}
