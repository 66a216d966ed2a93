using System.Globalization;

namespace LangSmithPg.Connections.Parsing;

/// <summary>Reads ports.</summary>
static class PortText
{
    public const string Default = "5432";

    /// <summary>The port, or null unless the text is a number from 1 to 65535.</summary>
    // .NET takes NUL characters behind a number for nothing, so the digits are looked at one by one.
    public static int? Parse(string text) =>
        text.All(char.IsAsciiDigit) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 65535
            ? number
            : null;
}
