using LangSmithPg.Common;
using LangSmithPg.Connections.Parsing;

namespace LangSmithPg.Connections.Drivers;

/// <summary>
/// Splits a <c>postgres://</c> URL as Go's <c>url.Parse</c> does, which pgx calls up to 5.9.
/// Source: Go 1.26, src/net/url/url.go; the brackets are checked since 1.24.8.
/// </summary>
sealed class GoUrl
{
    // What validUserinfo lets pass besides letters and digits.
    const string UserInfoCharacters = "-._:~!$&'()*+,;=%@";

    // What unescape lets pass in a host besides letters, digits and non-ASCII.
    const string HostCharacters = "!$&'()*+,;=:[]<>\"-._~";

    readonly DriverText _source;
    readonly DriverParseResult _reading;
    readonly string _text;

    GoUrl(DriverText source, DriverParseResult reading)
    {
        _source = source;
        _reading = reading;
        _text = source.Text;
    }

    public Part? UserName { get; private set; }

    public Part? Password { get; private set; }

    /// <summary>Hosts with their ports, brackets kept.</summary>
    public Part Host { get; private set; }

    public Part Path { get; private set; }

    /// <summary>The parameters, the first of each name; Go drops those that it cannot read.</summary>
    public Dictionary<string, Part> Query { get; } = new(StringComparer.Ordinal);

    /// <summary>Splits the text, or refuses it and returns null.</summary>
    public static GoUrl? Parse(DriverText source, DriverParseResult reading)
    {
        var url = new GoUrl(source, reading);
        return url.Parse() ? url : null;
    }

    bool Parse()
    {
        var end = Find("#", 0, _text.Length);
        if (!CheckCharacters(end))
        {
            return false;
        }

        var pathEnd = Find("?", 0, end);
        var start = _text.IndexOf("://", StringComparison.Ordinal) + "://".Length;
        var pathStart = Find("/", start, pathEnd);
        if (!ParseAuthority(start, pathStart) || Unescape(pathStart, pathEnd) is not { } path)
        {
            return false;
        }

        Path = new(path, _source.Span(Math.Min(pathStart + 1, pathEnd), pathEnd));
        ParseQuery(Math.Min(pathEnd + 1, end), end);
        return end == _text.Length || Unescape(end + 1, _text.Length) is not null;
    }

    bool CheckCharacters(int end)
    {
        var control = _text.AsSpan(0, end).IndexOfAny(ControlCharacters);
        return control < 0 || _reading.Refuse(_source.Span(control, control + 1), "it contains a control character", "Remove it, or percent-encode it.");
    }

    bool ParseAuthority(int start, int end)
    {
        var at = _text.AsSpan(start, end - start).LastIndexOf('@') + start;
        var hostStart = at < start ? start : at + 1;
        if (!ParseHost(hostStart, end))
        {
            return false;
        }

        if (at < start)
        {
            return true;
        }

        for (var index = start; index < at; index++)
        {
            if (!char.IsAsciiLetterOrDigit(_text[index]) && !UserInfoCharacters.Contains(_text[index], StringComparison.Ordinal))
            {
                return _reading.Refuse(_source.Span(index, index + 1), "a character in the user name or password must be percent-encoded");
            }
        }

        var colon = Find(":", start, at);
        UserName = Decode(start, colon);
        Password = colon < at ? Decode(colon + 1, at) : null;
        return _reading.Refusal is null;
    }

    bool ParseHost(int start, int end)
    {
        var host = _text[start..end];
        var open = host.LastIndexOf('[');
        if (open > 0)
        {
            return RefuseHost(start, end, "the host contains a bracket");
        }

        var portStart = open == 0 ? host.LastIndexOf(']') + 1 : host.LastIndexOf(':');
        if (open == 0 && portStart == 0)
        {
            return RefuseHost(start, end, "the bracket of an IPv6 address is not closed");
        }

        if (portStart >= 0 && !IsOptionalPort(host[portStart..]))
        {
            return RefuseHost(start + portStart, end, "the part that it reads as the port is not a number");
        }

        return open == 0 ? ParseBracketedHost(start, end, portStart) : SetHost(UnescapeHost(start, end), start, end);
    }

    bool ParseBracketedHost(int start, int end, int length)
    {
        var inner = _text.AsSpan(start + 1, length - 2);
        var zone = inner.IndexOf("%25", StringComparison.Ordinal);
        var zoneStart = zone < 0 ? start + length - 1 : start + 1 + zone;
        if (UnescapeHost(start + 1, zoneStart) is not { } address || UnescapeHost(zoneStart, start + length - 1, inZone: true) is not { } zoneName)
        {
            return false;
        }

        return IPv6Text.IsAddress(address + zoneName, allowZone: true)
            ? SetHost($"[{address}{zoneName}]{_text[(start + length)..end]}", start, end)
            : RefuseHost(start, end, "the text in brackets is not an IPv6 address");
    }

    bool SetHost(string? host, int start, int end)
    {
        Host = new(host!, _source.Span(start, end));
        return host is not null;
    }

    // In a host only octets of non-ASCII characters may be escaped, and %25 for the percent sign of a zone.
    string? UnescapeHost(int start, int end, bool inZone = false)
    {
        for (var index = start; index < end; index++)
        {
            var octet = PercentEncoding.OctetAt(_text, index);
            var character = _text[index];
            var allowed = character == '%'
                ? octet is 0x25 or >= 0x80 || (inZone && octet >= 0 && (octet == ' ' || IsHostCharacter((char)octet)))
                : !char.IsAscii(character) || IsHostCharacter(character);
            if (!allowed || (octet >= 0 && index + 3 > end))
            {
                RefuseHost(index, index + 1, "the host contains a character that is not valid in a host name");
                return null;
            }
        }

        return Unescape(start, end);
    }

    static bool IsHostCharacter(char character) => char.IsAsciiLetterOrDigit(character) || HostCharacters.Contains(character, StringComparison.Ordinal);

    void ParseQuery(int start, int end)
    {
        while (start < end)
        {
            var next = Find("&", start, end);
            var equals = Find("=", start, next);
            if (start < next
                && !_text.AsSpan(start, next - start).Contains(';')
                && TryUnescape(start, equals, out var name, plusIsSpace: true)
                && TryUnescape(Math.Min(equals + 1, next), next, out var value, plusIsSpace: true))
            {
                Query.TryAdd(name, new(value, _source.Span(start, next)));
            }

            start = next + 1;
        }
    }

    Part? Decode(int start, int end) => Unescape(start, end) is { } text ? new(text, _source.Span(start, end)) : null;

    string? Unescape(int start, int end)
    {
        if (TryUnescape(start, end, out var text))
        {
            return text;
        }

        _reading.Refuse(_source.Span(start, end), "a '%' is not followed by two hexadecimal digits", "To include a percent sign, write %25.");
        return null;
    }

    bool TryUnescape(int start, int end, out string text, bool plusIsSpace = false)
    {
        text = "";
        var raw = _text.AsSpan(start, end - start);
        var decoded = new OctetBuffer();
        while (!raw.IsEmpty)
        {
            var next = raw.IndexOfAny('%', '+') is >= 0 and var found ? found : raw.Length;
            decoded.Append(raw[..next]);
            raw = raw[next..];
            if (raw.IsEmpty)
            {
                break;
            }

            var octet = PercentEncoding.OctetAt(raw, 0);
            if (raw[0] == '%' && octet < 0)
            {
                return false;
            }

            decoded.Append(octet >= 0 ? octet : plusIsSpace ? ' ' : '+');
            raw = raw[(octet >= 0 ? 3 : 1)..];
        }

        text = decoded.ToString();
        return true;
    }

    static bool IsOptionalPort(string text) => text.Length == 0 || (text[0] == ':' && text.Skip(1).All(char.IsAsciiDigit));

    bool RefuseHost(int start, int end, string reason) =>
        _reading.Refuse(_source.Span(start, end), reason, "Percent-encode special characters in the user name and password; write an IPv6 address as [address]:port.");

    int Find(string characters, int start, int end) =>
        start < end && _text.AsSpan(start, end - start).IndexOfAny(characters) is >= 0 and var index ? start + index : end;

    static readonly string ControlCharacters = string.Concat(Enumerable.Range(0, 0x20).Append(0x7F).Select(code => (char)code));
}
