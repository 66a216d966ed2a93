using System.Globalization;
using System.Numerics;

namespace LangSmithPg.Connections.Drivers;

/// <summary>Reads a number as Python's <c>int()</c> does: white space around it, a sign, any script's digits, single underscores between.</summary>
static class PythonInteger
{
    // Python's own limit since 3.11.
    const int MaximumDigits = 4300;

    /// <summary>The number in plain digits, or null when Python raises ValueError.</summary>
    public static string? Parse(string text)
    {
        var trimmed = text.Trim();
        var digits = trimmed.TrimStart('+', '-');
        if (trimmed.Length - digits.Length > 1 || digits.Length is 0 or > MaximumDigits
            || digits.StartsWith('_') || digits.EndsWith('_') || digits.Contains("__", StringComparison.Ordinal))
        {
            return null;
        }

        var plain = string.Concat(digits.Where(one => one != '_').Select(one => CharUnicodeInfo.GetDecimalDigitValue(one)));
        return plain.Contains('-', StringComparison.Ordinal)
            ? null
            : BigInteger.Parse(trimmed.StartsWith('-') ? "-" + plain : plain, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
    }
}
