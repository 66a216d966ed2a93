using System.Globalization;

namespace LangSmithPg.Connections.Readers;

/// <summary>Reads ports.</summary>
static class PortText
{
    public const string Default = "5432";

    /// <summary>Whether the text is a number from 1 to 65535.</summary>
    public static bool IsValid(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 65535;
}
