using System.Text;

namespace LangSmithPg.Connections.Drivers;

/// <summary>Reads <c>keyword=value</c> as <c>conninfo_parse</c> of libpq's fe-connect.c does.</summary>
sealed class LibpqKeyValueParser(DriverText source, DriverParseResult reading)
{
    /// <summary>What C's <c>isspace</c> takes for white space.</summary>
    public static readonly char[] Spaces = [' ', '\t', '\n', '\v', '\f', '\r'];

    readonly string _text = source.Text;
    int _index;

    public void Read()
    {
        SkipSpaces();
        while (_index < _text.Length && ReadPair())
        {
            SkipSpaces();
        }
    }

    bool ReadPair()
    {
        var start = _index;
        while (_index < _text.Length && _text[_index] != '=' && !IsSpace(_text[_index]))
        {
            _index++;
        }

        var name = _text[start.._index];
        SkipSpaces();
        if (_index == _text.Length || _text[_index] != '=')
        {
            return reading.Refuse(source.Span(start, start + name.Length), "a keyword is not followed by '='", "Put a value with spaces in single quotes.");
        }

        _index++;
        SkipSpaces();
        if (ReadValue() is not { } value)
        {
            return reading.Refuse(source.Span(start, start + name.Length), "the quoted value of this keyword is not closed", "Close it with a single quote.");
        }

        return LibpqParser.Store(reading, name, new(value, source.Span(start, _index)))
            || reading.Refuse(source.Span(start, start + name.Length), "it does not support this keyword", "Remove it.");
    }

    string? ReadValue()
    {
        var quoted = _index < _text.Length && _text[_index] == '\'';
        _index += quoted ? 1 : 0;
        var value = new StringBuilder();
        for (; _index < _text.Length; _index++)
        {
            var character = _text[_index];
            if (quoted ? character == '\'' : IsSpace(character))
            {
                _index++;
                return value.ToString();
            }

            if (character != '\\')
            {
                value.Append(character);
            }
            else if (++_index < _text.Length)
            {
                value.Append(_text[_index]);
            }
        }

        _index = _text.Length;
        return quoted ? null : value.ToString();
    }

    void SkipSpaces()
    {
        while (_index < _text.Length && IsSpace(_text[_index]))
        {
            _index++;
        }
    }

    static bool IsSpace(char character) => Array.IndexOf(Spaces, character) >= 0;
}
