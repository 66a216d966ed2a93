using System.Text;

namespace LangSmithPg.Common;

/// <summary>Percent-encoding of RFC 3986 over UTF-8. A space is <c>%20</c>, never <c>+</c>: libpq and pgx take a plus literally.</summary>
static class PercentEncoding
{
    /// <summary>What helps against any raw character, where this module reads the text all the same.</summary>
    internal const string Fix = "Use the encoded text: (ConvertFrom-LangSmithPgConnectionString $text).ToPlainText()";

    const string Hex = "0123456789ABCDEF";

    static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Encodes everything but <c>A-Z a-z 0-9 - . _ ~</c>.</summary>
    /// <param name="text">The text to encode.</param>
    /// <param name="allowed">Further ASCII characters to leave as they are.</param>
    /// <exception cref="EncoderFallbackException">The text has half of a surrogate pair, which UTF-8 cannot hold.</exception>
    public static string Encode(string text, string allowed = "")
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(allowed);
        var encoded = new StringBuilder(text.Length);
        foreach (var octet in StrictUtf8.GetBytes(text))
        {
            if (IsUnreserved((char)octet) || allowed.Contains((char)octet, StringComparison.Ordinal))
            {
                encoded.Append((char)octet);
            }
            else
            {
                encoded.Append('%').Append(Hex[octet >> 4]).Append(Hex[octet & 15]);
            }
        }

        return encoded.ToString();
    }

    /// <summary>Decodes every <c>%XX</c>.</summary>
    /// <param name="text">The text to decode.</param>
    /// <param name="decoded">The decoded text, or the empty text on failure.</param>
    /// <param name="error">Offset in <paramref name="text"/> of the first percent sign that cannot be decoded, or -1.</param>
    /// <returns>False when a percent sign has no two hexadecimal digits, or the bytes are not UTF-8.</returns>
    public static bool TryDecode(ReadOnlySpan<char> text, out string decoded, out int error)
    {
        error = -1;
        if (!text.Contains('%'))
        {
            decoded = text.ToString();
            return true;
        }

        decoded = "";
        var result = new StringBuilder(text.Length);
        Span<byte> run = stackalloc byte[256];
        for (var index = 0; index < text.Length;)
        {
            if (text[index] != '%')
            {
                result.Append(text[index++]);
                continue;
            }

            // A run of escapes is decoded as a whole: a character of several bytes is spread over several escapes.
            var start = index;
            var escapes = CountEscapes(text[start..]);
            var buffer = escapes <= run.Length ? run[..escapes] : new byte[escapes];
            for (var octet = 0; octet < escapes; octet++, index += 3)
            {
                buffer[octet] = (byte)OctetAt(text, index);
            }

            if (escapes == 0 || !TryAppendUtf8(result, buffer))
            {
                error = start;
                return false;
            }
        }

        decoded = result.ToString();
        return true;
    }

    internal static bool IsUnreserved(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '.' or '_' or '~';

    /// <summary>Whether UTF-8 can hold the text, which is false for half of a surrogate pair.</summary>
    internal static bool IsEncodable(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (char.IsSurrogate(text[index]) && !(index + 1 < text.Length && char.IsSurrogatePair(text[index], text[++index])))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The octet that <c>%XX</c> at an offset writes, or -1 when none stands there.</summary>
    internal static int OctetAt(ReadOnlySpan<char> text, int index) =>
        index + 2 < text.Length && text[index] == '%' && char.IsAsciiHexDigit(text[index + 1]) && char.IsAsciiHexDigit(text[index + 2])
            ? (HexValue(text[index + 1]) << 4) | HexValue(text[index + 2])
            : -1;

    static int CountEscapes(ReadOnlySpan<char> text)
    {
        var count = 0;
        while (OctetAt(text, 3 * count) >= 0)
        {
            count++;
        }

        return count;
    }

    static bool TryAppendUtf8(StringBuilder result, ReadOnlySpan<byte> octets)
    {
        try
        {
            result.Append(StrictUtf8.GetString(octets));
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    static int HexValue(char digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
