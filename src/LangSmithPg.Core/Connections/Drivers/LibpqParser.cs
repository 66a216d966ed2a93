using LangSmithPg.Connections.Parsing;

namespace LangSmithPg.Connections.Drivers;

/// <summary>
/// Reads as libpq does: first the text alone (<c>PQconninfoParse</c>), then what <c>PQconnectdb</c> checks before it connects.
/// Source: PostgreSQL 18, src/interfaces/libpq/fe-connect.c.
/// </summary>
static class LibpqParser
{
    const int FirstVersionThatTrims = 180_000;

    public static DriverParseResult Read(DriverText text)
    {
        var reading = Parse(text);
        if (reading.Refusal is null)
        {
            Check(reading);
        }

        return reading;
    }

    /// <summary>What <c>PQconninfoParse</c> makes of the text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="version">The library's version, as <c>PQlibVersion</c> tells it.</param>
    public static DriverParseResult Parse(DriverText text, int version = FirstVersionThatTrims)
    {
        // A C string ends at the first NUL.
        var nul = text.Text.IndexOf('\0', StringComparison.Ordinal);
        text = nul < 0 ? text : text.Where((_, index) => index < nul);
        var reading = new DriverParseResult();
        if (LibpqUrlParser.PrefixLength(text.Text) > 0)
        {
            new LibpqUrlParser(text, reading, trimsSpaces: version >= FirstVersionThatTrims).Read();
        }
        else
        {
            new LibpqKeyValueParser(text, reading).Read();
        }

        return reading;
    }

    /// <summary>Stores a value; the old name of <c>sslmode</c> still counts.</summary>
    /// <returns>False when libpq has no such parameter.</returns>
    public static bool Store(DriverParseResult reading, string name, Part value)
    {
        if (name == "requiressl")
        {
            name = ParameterNames.SslMode;
            value = value with { Text = (value.Text.StartsWith('1') ? SslMode.Require : SslMode.Prefer).ToText() };
        }

        if (!ParameterNames.IsKnown(name))
        {
            return false;
        }

        reading.Parameters[name] = value;
        return true;
    }

    static bool Check(DriverParseResult reading)
    {
        foreach (var known in KnownParameters.All.Where(one => one.Values is not null))
        {
            if (reading[known.Name] is { } value && !known.Takes(value.Text))
            {
                return reading.Refuse(value.Span, $"'{known.Name}' has a value that it does not support", $"Use one of {string.Join(", ", known.Values!.Where(one => one.Length > 0))}.");
            }
        }

        var mode = reading[ParameterNames.SslMode];
        if (reading[ParameterNames.SslRootCert] is { Text: ParameterNames.SystemRoots } roots
            && mode is { } weak && weak.Text != SslMode.VerifyFull.ToText())
        {
            return reading.Refuse(
                roots.Span, "from version 16 on, sslrootcert=system requires sslmode=verify-full, and earlier versions look for a file with that name",
                "Use sslmode=verify-full, or remove sslrootcert.");
        }

        return CheckHosts(reading);
    }

    static bool CheckHosts(DriverParseResult reading)
    {
        var names = Split(reading["host"]);
        var ports = Split(reading["port"]);
        if (ports.Count > 1 && ports.Count != Math.Max(1, names.Count))
        {
            return reading.Refuse(ports[0].Span, "the number of ports does not match the number of hosts", "Specify one port for all hosts, or one for each.");
        }

        for (var index = 0; index < Math.Max(names.Count, ports.Count); index++)
        {
            var port = ports.Count switch { 0 => default, 1 => ports[0], _ => ports[index] };
            var number = port.Text is null or "" ? PortText.Default : port.Text.Trim(LibpqKeyValueParser.Spaces);
            if (PortText.Parse(number.TrimStart('+')) is not { } value)
            {
                return reading.Refuse(port.Span, "the part that it reads as the port is not a number from 1 to 65535");
            }

            if (index < names.Count)
            {
                reading.Hosts.Add((names[index], $"{value}"));
            }
        }

        return true;
    }

    static List<Part> Split(Part? list) =>
        list is { Text.Length: > 0 } part ? [.. part.Text.Split(',').Select(one => new Part(one, part.Span))] : [];
}
