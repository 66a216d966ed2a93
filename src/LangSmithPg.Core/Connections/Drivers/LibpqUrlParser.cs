using System.Text;
using LangSmithPg.Common;

namespace LangSmithPg.Connections.Drivers;

/// <summary>Reads a URL as <c>conninfo_uri_parse_options</c> of libpq's fe-connect.c does.</summary>
sealed class LibpqUrlParser(DriverText source, DriverParseResult reading, bool trimsSpaces)
{
    readonly string _text = source.Text;
    int _index;

    /// <summary>Length of the scheme with its <c>://</c>, or 0 when the text is no URL to libpq. Case matters.</summary>
    public static int PrefixLength(string text) =>
        text.StartsWith("postgresql://", StringComparison.Ordinal) ? "postgresql://".Length
        : text.StartsWith("postgres://", StringComparison.Ordinal) ? "postgres://".Length
        : 0;

    public bool Read()
    {
        _index = PrefixLength(_text);
        return ReadUserInfo() && ReadHosts() && ReadDatabase() && ReadParameters();
    }

    bool ReadUserInfo()
    {
        // Only a slash ends the search: an '@' even behind a '?' or '#' ends the user info.
        var at = Find("@/", _index);
        if (at == _text.Length || _text[at] == '/')
        {
            return true;
        }

        var start = _index;
        var colon = Math.Min(at, Find(":", start));
        _index = at + 1;
        return Store("user", start, colon) && (colon == at || Store("password", colon + 1, at));
    }

    bool ReadHosts()
    {
        var names = new StringBuilder();
        var ports = new StringBuilder();
        var start = _index;
        var portStart = _text.Length;
        while (true)
        {
            if (!ReadHostName(names))
            {
                return false;
            }

            if (At(_index) == ':')
            {
                var end = Find("/?,", ++_index);
                portStart = Math.Min(portStart, _index);
                ports.Append(_text, _index, end - _index);
                _index = end;
            }

            if (At(_index) != ',')
            {
                break;
            }

            _index++;
            names.Append(',');
            ports.Append(',');
        }

        var firstEnd = portStart < _text.Length && names.ToString().IndexOf(',', StringComparison.Ordinal) < 0 ? portStart - 1 : _index;
        return Store("host", names.ToString(), start, firstEnd) && Store("port", ports.ToString(), Math.Min(portStart, _index), _index);
    }

    bool ReadHostName(StringBuilder names)
    {
        if (At(_index) != '[')
        {
            var end = Find(":/?,", _index);
            names.Append(_text, _index, end - _index);
            _index = end;
            return true;
        }

        var close = Find("]", _index);
        if (close == _text.Length || close == _index + 1)
        {
            return reading.Refuse(source.Span(_index, close), "the brackets of an IPv6 address are empty or not closed", "Write it as [address]:port.");
        }

        names.Append(_text, _index + 1, close - _index - 1);
        _index = close + 1;
        return At(_index) is '\0' or ':' or '/' or '?' or ','
            || reading.Refuse(source.Span(_index, _index + 1), "the bracket of an IPv6 address is followed by something other than a port or the database", "Write it as [address]:port.");
    }

    bool ReadDatabase()
    {
        if (At(_index) != '/')
        {
            return true;
        }

        var start = _index + 1;
        _index = Find("?", start);
        return Store("dbname", start, _index);
    }

    bool ReadParameters()
    {
        for (_index++; _index < _text.Length;)
        {
            var end = Find("&", _index);
            if (!ReadParameter(_index, end))
            {
                return false;
            }

            _index = end + 1;
        }

        return true;
    }

    bool ReadParameter(int start, int end)
    {
        var equals = Math.Min(end, Find("=", start));
        if (equals == end || Find("=", equals + 1) < end)
        {
            return reading.Refuse(source.Span(start, end), "a URL parameter has no '=' or more than one", "Write it as name=value; write '=' in a value as %3D.");
        }

        if (Decode(_text[start..equals], start, equals) is not { } name || Decode(_text[(equals + 1)..end], equals + 1, end) is not { } value)
        {
            return false;
        }

        // JDBC's spelling, for which libpq makes an exception.
        if (name == "ssl" && value == "true")
        {
            (name, value) = (ParameterNames.SslMode, SslMode.Require.ToText());
        }

        return LibpqParser.Store(reading, name, new(value, source.Span(start, end)))
            || reading.Refuse(source.Span(start, equals), "it does not support this URL parameter", "Remove it; put a server setting in the parameter 'options'.");
    }

    bool Store(string name, int start, int end) => Store(name, _text[start..end], start, end);

    bool Store(string name, string raw, int start, int end)
    {
        if (raw.Length == 0)
        {
            return true;
        }

        if (Decode(raw, start, end) is not { } value)
        {
            return false;
        }

        reading.Parameters[name] = new(value, source.Span(start, end));
        return true;
    }

    string? Decode(string raw, int start, int end)
    {
        var text = trimsSpaces ? raw.Trim(' ') : raw;
        if (trimsSpaces && text.Contains(' ', StringComparison.Ordinal))
        {
            reading.Refuse(source.Span(start, end), "from version 18 on, a space must be percent-encoded");
            return null;
        }

        var decoded = new OctetBuffer();
        for (var index = 0; index < text.Length;)
        {
            var next = text.IndexOf('%', index) is >= 0 and var percent ? percent : text.Length;
            decoded.Append(text.AsSpan(index, next - index));
            if (next == text.Length)
            {
                break;
            }

            var octet = PercentEncoding.OctetAt(text, next);
            if (octet <= 0)
            {
                reading.Refuse(
                    source.Span(start, end), octet < 0 ? "a '%' is not followed by two hexadecimal digits" : "%00 is forbidden",
                    "To include a percent sign, write %25.");
                return null;
            }

            decoded.Append(octet);
            index = next + 3;
        }

        return decoded.ToString();
    }

    char At(int index) => index < _text.Length ? _text[index] : '\0';

    int Find(string characters, int start) =>
        start < _text.Length && _text.AsSpan(start).IndexOfAny(characters) is >= 0 and var index ? start + index : _text.Length;
}
