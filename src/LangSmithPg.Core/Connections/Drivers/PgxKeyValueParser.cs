using LangSmithPg.Connections.Parsing;

namespace LangSmithPg.Connections.Drivers;

/// <summary>Reads <c>keyword=value</c> as pgx does, which is a little less strict than libpq. Source: pgx 5.9.2, pgconn/config.go.</summary>
static class PgxKeyValueParser
{
    /// <summary>Reads the text, or refuses it and returns null.</summary>
    public static Dictionary<string, Part>? Read(DriverText source, DriverParseResult reading)
    {
        var settings = new Dictionary<string, Part>(StringComparer.Ordinal);
        var text = source.Text;
        for (var index = 0; index < text.Length;)
        {
            var start = index;
            var equals = text.IndexOf('=', index);
            var name = equals < 0 ? "" : PgxParser.CanonicalName(text[index..equals].Trim(LibpqKeyValueParser.Spaces));
            if (name.Length == 0)
            {
                reading.Refuse(source.Span(start, text.Length), "it contains something other than keyword=value", "Put a value with spaces in single quotes.");
                return null;
            }

            for (index = equals + 1; index < text.Length && Array.IndexOf(LibpqKeyValueParser.Spaces, text[index]) >= 0;)
            {
                index++;
            }

            if (ReadValue(text, ref index) is not { } value)
            {
                reading.Refuse(source.Span(start, equals), "the value of this keyword is not closed", "Close it with a single quote; double a backslash.");
                return null;
            }

            if (name != "user" || value.Length > 0)
            {
                settings[name] = new(value, source.Span(start, Math.Min(index, text.Length)));
            }
        }

        return settings;
    }

    static string? ReadValue(string text, ref int index)
    {
        var quoted = index < text.Length && text[index] == '\'';
        index += quoted ? 1 : 0;
        var start = index;
        while (index < text.Length && (quoted ? text[index] != '\'' : Array.IndexOf(LibpqKeyValueParser.Spaces, text[index]) < 0))
        {
            if (text[index] == '\\' && ++index == text.Length)
            {
                return null;
            }

            index++;
        }

        if (quoted && index == text.Length)
        {
            return null;
        }

        var value = text[start..index].Replace("\\\\", "\\", StringComparison.Ordinal).Replace("\\'", "'", StringComparison.Ordinal);
        index++;
        return value;
    }
}
