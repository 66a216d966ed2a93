using System.Text;
using System.Text.RegularExpressions;
using LangSmithPg.Common;

namespace LangSmithPg.Connections.Drivers;

/// <summary>
/// Splits a URL as Python's <c>urllib.parse.urlsplit</c> does, which asyncpg calls.
/// Source: CPython 3.14, Lib/urllib/parse.py; the brackets are checked so since 3.12.9 and 3.13.2.
/// </summary>
sealed partial class PythonUrl
{
    const char NoCharacter = '\uFFFE';

    PythonUrl(DriverText source) => Source = source;

    /// <summary>The text without the characters that Python drops before it looks.</summary>
    public DriverText Source { get; }

    public string Scheme { get; private set; } = "";

    /// <summary>User info and hosts, from <see cref="AuthorityStart"/> to <see cref="AuthorityEnd"/>.</summary>
    public int AuthorityStart { get; private set; }

    public int AuthorityEnd { get; private set; }

    public int PathEnd { get; private set; }

    /// <summary>Start of the query; equal to <see cref="QueryEnd"/> when there is none.</summary>
    public int QueryStart { get; private set; }

    /// <summary>End of the query; behind it there can only be a fragment, which asyncpg ignores.</summary>
    public int QueryEnd { get; private set; }

    /// <summary>Splits the text, or refuses it and returns null.</summary>
    public static PythonUrl? Split(DriverText text, DriverParseResult reading)
    {
        var start = text.Text.TakeWhile(character => character <= ' ').Count();
        var url = new PythonUrl(text.Where((character, index) => index >= start && character is not ('\t' or '\r' or '\n')));
        url.Split();
        return url.CheckBrackets(reading) && url.CheckCompatibility(reading) ? url : null;
    }

    /// <summary>Decodes as Python's <c>unquote</c>: what is no escape stays, what is no UTF-8 becomes U+FFFD.</summary>
    public static string Unquote(string text)
    {
        var decoded = new StringBuilder(text.Length);
        foreach (Match run in AsciiOrNot().Matches(text))
        {
            decoded.Append(char.IsAscii(run.Value[0]) ? UnquoteAscii(run.Value) : run.Value);
        }

        return decoded.ToString();
    }

    /// <summary>Decodes a piece of a query, where a plus is a space.</summary>
    public static string UnquotePlus(string text) => Unquote(text.Replace('+', ' '));

    void Split()
    {
        var text = Source.Text;
        var rest = 0;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && char.IsAsciiLetter(text[0]) && text.Take(colon).All(one => char.IsAsciiLetterOrDigit(one) || one is '+' or '-' or '.'))
        {
            Scheme = text[..colon].ToLowerInvariant();
            rest = colon + 1;
        }

        AuthorityStart = AuthorityEnd = rest;
        if (string.CompareOrdinal(text, rest, "//", 0, 2) == 0)
        {
            AuthorityStart = rest + 2;
            AuthorityEnd = Find("/?#", AuthorityStart, text.Length);
        }

        QueryEnd = Find("#", AuthorityEnd, text.Length);
        PathEnd = Find("?", AuthorityEnd, QueryEnd);
        QueryStart = Math.Min(PathEnd + 1, QueryEnd);
    }

    bool CheckBrackets(DriverParseResult reading)
    {
        var authority = Source.Text[AuthorityStart..AuthorityEnd];
        var opens = authority.Contains('[', StringComparison.Ordinal);
        return (!opens && !authority.Contains(']', StringComparison.Ordinal))
            || (opens && authority.Contains(']', StringComparison.Ordinal) && HasBracketedHost(authority))
            || reading.Refuse(
                Source.Span(AuthorityStart, AuthorityEnd), "Python's urllib reads a bracket as the start of an IPv6 address and finds none (Invalid IPv6 URL)",
                "Write '[' and ']' as %5B and %5D, except around an IPv6 address.");
    }

    static bool HasBracketedHost(string authority)
    {
        var host = authority[(authority.LastIndexOf('@') + 1)..];
        var open = host.IndexOf('[', StringComparison.Ordinal);
        if (open < 0)
        {
            // The brackets stand in the password, but Python checks the host.
            return IsAddress(host.Split(':')[0]);
        }

        var close = host.IndexOf(']', open);
        return open == 0
            && (close < 0 || close + 1 == host.Length || host[close + 1] == ':')
            && IsAddress(close < 0 ? host[1..] : host[1..close]);
    }

    static bool IsAddress(string host) => host.StartsWith('v')
        ? FutureAddress().IsMatch(host)
        : host.Count(one => one == '%') <= 1 && IPv6Text.IsAddress(host, allowZone: true);

    // A character such as U+2100 is "a/c" in compatibility form: Python fears that it splits the host.
    bool CheckCompatibility(DriverParseResult reading)
    {
        var authority = Source.Text[AuthorityStart..AuthorityEnd];
        var name = string.Concat(authority.Where(one => one is not ('@' or ':' or '#' or '?')));
        return Ascii.IsValid(authority)
            || !PercentEncoding.IsEncodable(name)
            || Normalize(name) is var normal && (normal == name || normal.AsSpan().IndexOfAny("/?#@:") < 0)
            || reading.Refuse(Source.Span(AuthorityStart, AuthorityEnd), "Python's urllib finds a character that normalizes to one of /?#@:");
    }

    // Python normalizes around U+FFFE, which is no character; .NET does not take it.
    static string Normalize(string name) => string.Join(NoCharacter, name.Split(NoCharacter).Select(part => part.Normalize(NormalizationForm.FormKC)));

    static string UnquoteAscii(string text)
    {
        var decoded = new OctetBuffer();
        for (var index = 0; index < text.Length;)
        {
            var octet = PercentEncoding.OctetAt(text, index);
            decoded.Append(octet >= 0 ? octet : text[index]);
            index += octet >= 0 ? 3 : 1;
        }

        return decoded.ToString();
    }

    int Find(string characters, int start, int end) =>
        Source.Text.AsSpan(start, end - start).IndexOfAny(characters) is >= 0 and var index ? start + index : end;

    [GeneratedRegex("[\\x00-\\x7f]+|[^\\x00-\\x7f]+", RegexOptions.CultureInvariant)]
    private static partial Regex AsciiOrNot();

    [GeneratedRegex("\\Av[a-fA-F0-9]+\\..+\\z", RegexOptions.CultureInvariant)]
    private static partial Regex FutureAddress();
}
